package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.LineScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that speaks plain lines: what it sends is scanned and published, what others send is
 * swept to its socket. Owned by its loop; no other thread touches it.
 *
 * <p>Input: reading → waiting (the channel holds senders: what was read before that took effect is
 * held) → reading … → ended or ignored. Output: the subscriber's cursor, until it is finished.
 */
final class PlainConnection extends ChannelInboundHandlerAdapter
    implements Sink, LineScanner.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(PlainConnection.class);

  private final LineListener listener;
  private final ServerLoop loop;
  private final SocketChannel socket;
  private final LineScanner scanner;
  private @Nullable Subscriber subscriber;
  private @Nullable CloseReason closeReason;

  /** Read but not yet scanned, because the channel holds senders. */
  private @Nullable ArrayDeque<ByteBuf> heldInput;

  private boolean waiting;
  private boolean inputEnded;
  private boolean inputIgnored;
  private long lastTrafficNanos;

  PlainConnection(LineListener listener, ServerLoop loop, SocketChannel socket) {
    this.listener = listener;
    this.loop = loop;
    this.socket = socket;
    this.scanner = new LineScanner(listener.options().maxLineBytes());
  }

  // Joining and leaving

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    touch();
    subscriber = channel().join(sweep(), this, listener.options().historyLines());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    inputIgnored = true;
    releaseHeldInput();
    CloseReason reason = closeReason == null ? CloseReason.GONE : closeReason;
    Account account = subscriber == null ? Account.NONE : channel().leave(subscriber);
    if (reason == CloseReason.SLOW) {
      LOG.warn(
          "{} of channel {} was disconnected, {} (--window); {}",
          socket.remoteAddress(),
          channel().name(),
          reason.text(),
          account);
    } else {
      LOG.debug(
          "{} of channel {} left: {}; {}",
          socket.remoteAddress(),
          channel().name(),
          reason.text(),
          account);
    }
    listener.connections().onClosed(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      close(CloseReason.GONE);
    } else {
      LOG.error("{} is closed because of a fault", socket.remoteAddress(), cause);
      close(CloseReason.FAULT);
    }
  }

  // Input

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf input = (ByteBuf) message;
    if (inputIgnored) {
      input.release();
    } else if (waiting || channel().holdsSenders()) {
      hold(input);
    } else {
      scan(input);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE
        || event == ChannelInputShutdownReadComplete.INSTANCE) {
      onInputEnd();
    }
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (inputIgnored) {
      return;
    }
    int stopLine = listener.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    channel().publish(new Batch(subscriber, run, stopLine > 0 ? stopLine : lineCount));
    if (stopLine > 0) {
      inputIgnored = true;
      LOG.info("{} sent the stopping word", socket.remoteAddress());
      listener.onStopWord();
    }
  }

  @Override
  public void onTooLong() {
    if (inputIgnored) {
      return;
    }
    channel().counters().add(Counter.TOO_LONG_LINES, 1);
    listener.logTooLong(socket.remoteAddress());
    if (listener.options().tooLong() == TooLong.CLOSE) {
      finishWith(CloseReason.TOO_LONG);
    }
  }

  private void scan(ByteBuf input) {
    touch();
    try {
      scanner.scan(input.internalNioBuffer(input.readerIndex(), input.readableBytes()), this);
    } finally {
      input.release();
    }
    if (!inputIgnored && channel().holdsSenders()) {
      await();
    }
  }

  private void hold(ByteBuf input) {
    if (heldInput == null) {
      heldInput = new ArrayDeque<>();
    }
    heldInput.add(input);
    await();
  }

  private void await() {
    if (!waiting) {
      waiting = true;
      socket.config().setAutoRead(false);
      channel().awaitRelease(sweep(), this::resume);
    }
  }

  private void resume() {
    waiting = false;
    while (heldInput != null && !heldInput.isEmpty() && !waiting) {
      if (channel().holdsSenders()) {
        await();
      } else {
        scan(heldInput.remove());
      }
    }
    if (!waiting) {
      heldInput = null;
      if (inputEnded) {
        finishInput();
      } else {
        socket.config().setAutoRead(true);
      }
    }
  }

  private void onInputEnd() {
    if (!inputEnded) {
      inputEnded = true;
      if (!waiting) {
        finishInput();
      }
    }
  }

  private void finishInput() {
    if (!inputIgnored) {
      scanner.end(this);
      finishWith(CloseReason.FINISHED);
    }
  }

  private void finishWith(CloseReason reason) {
    inputIgnored = true;
    if (subscriber != null) {
      channel().finish(subscriber, reason);
    }
  }

  private void releaseHeldInput() {
    if (heldInput != null) {
      heldInput.forEach(ByteBuf::release);
      heldInput = null;
    }
  }

  // Output

  @Override
  public int take(Segment segment, int offset, int length) {
    int taken = loop.writer().write(socket, segment, offset, length);
    if (taken == GONE) {
      close(CloseReason.GONE);
    } else if (taken > 0) {
      touch();
    }
    return taken;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    ByteBuf rest = socket.alloc().directBuffer(length);
    rest.writeBytes(segment.bytes().slice(offset, length));
    ChannelFuture sent = socket.writeAndFlush(rest);
    if (sent.isDone()) {
      loop.execute(() -> onOwedSent(sent));
    } else {
      sent.addListener(future -> onOwedSent(sent));
    }
  }

  private void onOwedSent(ChannelFuture sent) {
    if (!sent.isSuccess()) {
      close(CloseReason.GONE);
    } else if (subscriber != null) {
      touch();
      subscriber.onRoom();
    }
  }

  @Override
  public void onGap(long first, long last) {
    LOG.debug(
        "{} of channel {} was too slow and skipped lines {} to {}",
        socket.remoteAddress(),
        channel().name(),
        first,
        last);
  }

  @Override
  public void finish(CloseReason reason) {
    inputIgnored = true;
    closeReason = reason;
    if (inputEnded) {
      socket.close();
    } else {
      releaseHeldInput();
      socket.config().setAutoRead(true);
      new LingeringClose(socket, loop).start();
    }
  }

  @Override
  public void close(CloseReason reason) {
    inputIgnored = true;
    if (closeReason == null) {
      closeReason = reason;
    }
    socket.close();
  }

  /** Closes if there was no traffic for the idle timeout. */
  void closeIfIdle(long nowNanos) {
    if (nowNanos - lastTrafficNanos >= listener.options().idleTimeout().toNanos()) {
      close(CloseReason.IDLE);
    }
  }

  private void touch() {
    if (!listener.options().idleTimeout().isZero()) {
      lastTrafficNanos = System.nanoTime();
    }
  }

  Channel socket() {
    return socket;
  }

  private LineChannel channel() {
    return listener.channel();
  }

  private Sweep sweep() {
    return channel().sweeps().get(loop.index());
  }
}
