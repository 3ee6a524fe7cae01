package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.access.Peer;
import io.linecast.server.tls.TlsContexts;
import io.linecast.server.tls.TlsEnds;
import io.linecast.server.tls.TlsHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection on its way to be secure. Owned by its loop. */
final class TlsEntry implements TlsHandler.Listener {

  /** What such a connection is refused under. */
  static final String REFUSAL = "tls";

  /** Who speaks HTTP without TLS is told so; on a line port it could only be taken for a line. */
  private static final String PLAIN_HTTP =
      String.join(
          "\r\n",
          "HTTP/1.1 400 Bad Request",
          "Connection: close",
          "Content-Type: text/plain",
          "Content-Length: 38",
          "",
          "This port speaks TLS: ask by https://\n");

  /**
   * For so long what a client without TLS sends is thrown away, so that it reads how this ended.
   */
  private static final long LINGER_MILLIS = 1_000;

  private final Entry entry;
  private final DuplexChannel socket;
  private final TlsContexts contexts;
  private final TlsTroubles troubles;

  private @Nullable TlsHandler handler;
  private @Nullable Future<?> deadline;

  TlsEntry(Entry entry, TlsContexts contexts, TlsTroubles troubles) {
    this.entry = entry;
    this.socket = entry.socket();
    this.contexts = contexts;
    this.troubles = troubles;
  }

  void begin(Duration time) {
    try {
      TlsHandler tls =
          new TlsHandler(contexts.newEngine(socket.alloc(), entry.wire() == Wire.HTTP), this);
      handler = tls;
      deadline = socket.eventLoop().schedule(this::onTooSlow, time.toNanos(), TimeUnit.NANOSECONDS);
      ChannelHandlerContext waiting = socket.pipeline().context(entry);
      if (waiting == null) {
        socket.pipeline().addLast(TlsEnds.NAME, tls);
      } else {
        socket.pipeline().addBefore(waiting.name(), TlsEnds.NAME, tls);
      }
    } catch (SSLException e) {
      onFailure(e);
    }
  }

  @Override
  public void onSecure(Optional<String> client, boolean resumed) {
    stopClock();
    contexts.figures().handshakes().increment();
    if (resumed) {
      contexts.figures().resumed().increment();
    }
    client.ifPresent(name -> Peer.of(socket).withCertificate(name).tell(socket));
    if (handler != null && entry.loop().writer() instanceof TlsWriter writer) {
      TlsLink.begin(socket, handler, writer.plain(), entry.loop().growth());
    }
    entry.proceed();
  }

  @Override
  public void onFailure(SSLException reason) {
    troubles.add(socket, String.valueOf(reason.getMessage()));
    refuse();
  }

  @Override
  public void onGone() {
    troubles.onGone();
    refuse();
  }

  private void onTooSlow() {
    entry.connections().limited().count(Limit.HANDSHAKE_TIME);
    troubles.add(socket, "it took too long (--handshake-time)");
    refuse();
  }

  @Override
  public void onPlainBytes() {
    troubles.add(socket, "it does not speak TLS, as this port does (--tls-off)");
    stopClock();
    // Past the handler, which takes nothing to seal.
    ByteBuf answer =
        Unpooled.copiedBuffer(
            entry.wire() == Wire.HTTP ? PLAIN_HTTP : "", StandardCharsets.US_ASCII);
    ChannelHandlerContext tls = socket.pipeline().context(TlsEnds.NAME);
    tls.writeAndFlush(answer).addListener(_ -> socket.shutdownOutput());
    deadline = socket.eventLoop().schedule(this::refuse, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void refuse() {
    stopClock();
    entry.refuse(CloseReason.HANDSHAKE, REFUSAL);
  }

  private void stopClock() {
    AcceptPace.endHandshake(socket);
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
