package io.linecast.server;

import io.linecast.core.Sink;
import io.linecast.fuzz.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A connection without a network: the other end is whoever holds it. For one thread. */
final class VirtualSocket extends AbstractChannel implements SocketChannel {

  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  private final InetSocketAddress address;
  private final SocketChannelConfig config;
  private final ArrayDeque<byte[]> toRead = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** How much more it takes before its other end has to read. */
  private int roomBytes = Integer.MAX_VALUE;

  private boolean readDue;
  private boolean endComes;
  private boolean reset;
  private boolean inputShutdown;
  private boolean outputShutdown;
  private boolean closed;

  VirtualSocket(InetSocketAddress address, ByteBufAllocator allocator) {
    super(null);
    this.address = address;
    this.config =
        new DefaultSocketChannelConfig(this, new Socket()) {
          @Override
          protected void autoReadCleared() {
            readDue = false;
          }
        };
    config.setAllocator(allocator).setAllowHalfClosure(true);
  }

  // The other end.

  /** Sends; it is read when the server reads. */
  void send(byte[] bytes) {
    toRead.add(bytes);
    eventLoop().execute(this::deliver);
  }

  /** Sends nothing more. */
  void sendEnd() {
    endComes = true;
    eventLoop().execute(this::deliver);
  }

  /** Breaks the connection. */
  void reset() {
    reset = true;
    eventLoop().execute(this::deliver);
  }

  /** Takes so much more, and no more than that. */
  void setRoomBytes(int bytes) {
    roomBytes = bytes;
    eventLoop().execute(() -> unsafe().flush());
  }

  /** All that the server has sent. */
  byte[] written() {
    return written.toByteArray();
  }

  private void deliver() {
    while (readDue && isOpen() && (reset || endComes || !toRead.isEmpty())) {
      readDue = false;
      if (reset || toRead.isEmpty()) {
        deliverEnd();
        return;
      }
      byte[] bytes = toRead.remove();
      pipeline().fireChannelRead(alloc().directBuffer(bytes.length).writeBytes(bytes));
      pipeline().fireChannelReadComplete();
    }
  }

  private void deliverEnd() {
    if (!inputShutdown) {
      inputShutdown = true;
      if (reset) {
        pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
      }
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
    }
  }

  // The server's.

  /** Takes what it has room for; {@link Sink#GONE} if it is broken. */
  int write(ByteBuffer bytes) {
    Property.require(!outputShutdown, () -> "something is written behind the end");
    if (reset || closed) {
      return Sink.GONE;
    }
    int length = Math.min(roomBytes, bytes.remaining());
    byte[] taken = new byte[length];
    bytes.get(taken);
    written.writeBytes(taken);
    roomBytes -= length;
    return length;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer waiting) throws IOException {
    while (waiting.current() instanceof ByteBuf bytes) {
      int taken = write(bytes.nioBuffer());
      if (taken == Sink.GONE) {
        throw new IOException("Broken pipe");
      }
      boolean all = taken == bytes.readableBytes();
      waiting.removeBytes(taken);
      if (all && taken == 0) {
        waiting.remove();
      } else if (!all) {
        return;
      }
    }
  }

  @Override
  protected void doBeginRead() {
    readDue = true;
    eventLoop().execute(this::deliver);
  }

  @Override
  protected void doClose() {
    closed = true;
    toRead.clear();
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected void doBind(SocketAddress local) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop instanceof VirtualLoop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return address;
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return address;
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return address;
  }

  @Override
  public ServerSocketChannel parent() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SocketChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isActive() {
    return !closed;
  }

  @Override
  public boolean isInputShutdown() {
    return inputShutdown || closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShutdown || closed;
  }

  @Override
  public boolean isShutdown() {
    return isInputShutdown() && isOutputShutdown();
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    inputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    outputShutdown = true;
    return promise.setSuccess();
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    inputShutdown = true;
    return shutdownOutput(promise);
  }
}
