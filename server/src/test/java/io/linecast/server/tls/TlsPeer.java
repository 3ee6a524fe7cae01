package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A client in memory, by the JDK's engine, and the handler it speaks with. */
final class TlsPeer implements TlsHandler.Listener {

  private static final int ROOM_BYTES = 64 * 1024;

  private final SSLEngine client;
  private final EmbeddedChannel channel;
  private final TlsHandler handler;
  private final List<ByteBuf> unread = new ArrayList<>();
  private ByteBuf toClient = Unpooled.buffer();

  /** What has happened, in order. */
  final List<String> events = new ArrayList<>();

  TlsPeer(TlsContexts contexts, String protocol) throws Exception {
    this(contexts, protocol, Optional.empty());
  }

  /** One that may have a certificate to show. */
  TlsPeer(TlsContexts contexts, String protocol, Optional<ServerCertificate> own) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols(protocol)
            .trustManager(contexts.certificate().chain().toArray(new X509Certificate[0]));
    own.ifPresent(
        shown -> builder.keyManager(shown.key(), shown.chain().toArray(new X509Certificate[0])));
    this.client = builder.build().newEngine(Unpooled.buffer().alloc(), "localhost", 1);
    this.client.setUseClientMode(true);
    this.channel = new EmbeddedChannel();
    this.handler = new TlsHandler(contexts.newEngine(channel.alloc(), false), this);
    channel.pipeline().addLast(TlsEnds.NAME, handler);
    channel.pipeline().addLast(new Events(events));
    client.beginHandshake();
  }

  @Override
  public void onSecure(Optional<String> name, boolean resumed) {
    events.add("secure");
  }

  @Override
  public void onFailure(SSLException reason) {
    events.add("failed");
  }

  @Override
  public void onGone() {
    events.add("gone");
  }

  @Override
  public void onPlainBytes() {
    events.add("plain");
  }

  EmbeddedChannel channel() {
    return channel;
  }

  TlsHandler handler() {
    return handler;
  }

  SSLEngine client() {
    return client;
  }

  /** The socket takes nothing any more. */
  void stopReading() {
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object sealed, ChannelPromise promise) {
                unread.add((ByteBuf) sealed);
              }
            });
  }

  /** What the socket has not taken. */
  List<ByteBuf> unread() {
    return unread;
  }

  /** The room that is taken by what the socket has not taken. */
  int unreadCapacity() {
    return unread.stream().mapToInt(ByteBuf::capacity).sum();
  }

  /** Until nobody has anything to say. */
  TlsPeer shakeHands() throws Exception {
    for (int i = 0; i < 20; i++) {
      say("");
      hear();
    }
    return this;
  }

  /** The client seals this, and whatever else it has to say, and sends it in such portions. */
  void say(String text, int portionBytes) throws Exception {
    ByteBuf sealed = seal(text);
    while (sealed.isReadable()) {
      send(sealed.readBytes(Math.min(portionBytes, sealed.readableBytes())));
    }
  }

  void say(String text) throws Exception {
    say(text, Integer.MAX_VALUE);
  }

  void send(ByteBuf bytes) {
    channel.writeInbound(channel.alloc().directBuffer().writeBytes(bytes));
  }

  ByteBuf seal(String text) throws Exception {
    ByteBuffer from = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    ByteBuf sealed = Unpooled.buffer();
    ByteBuffer to = ByteBuffer.allocate(ROOM_BYTES);
    do {
      runTasks();
      SSLEngineResult result = client.wrap(from, to.clear());
      sealed.writeBytes(to.flip());
      if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
        break;
      }
    } while (from.hasRemaining() || client.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    return sealed;
  }

  private void runTasks() {
    for (Runnable task = client.getDelegatedTask();
        task != null;
        task = client.getDelegatedTask()) {
      task.run();
    }
  }

  /** What the client has been told since this was last asked. */
  String hear() throws Exception {
    channel.flushOutbound();
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      toClient.writeBytes(sent);
      sent.release();
    }
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    ByteBuffer to = ByteBuffer.allocate(ROOM_BYTES);
    while (toClient.isReadable()) {
      runTasks();
      SSLEngineResult result = client.unwrap(toClient.nioBuffer(), to.clear());
      toClient.skipBytes(result.bytesConsumed());
      heard.write(to.array(), 0, result.bytesProduced());
      if (result.bytesConsumed() == 0) {
        break;
      }
    }
    return heard.toString(StandardCharsets.US_ASCII);
  }
}
