package io.linecast.server;

import io.linecast.core.Sink;
import io.linecast.server.tls.TlsHandler;
import io.linecast.server.tls.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection with TLS, as it is written to past Netty: bytes are sealed into the loop's buffer
 * and sent from there at once. What the socket has no room for cannot be sealed again, so it is
 * copied, and whoever wrote is told how much of it could be read by the client so far. Owned by the
 * connection's loop.
 */
final class TlsLink {

  private static final AttributeKey<TlsLink> KEY = AttributeKey.valueOf(TlsLink.class, "link");

  private final DuplexChannel socket;
  private final TlsHandler tls;
  private final SocketWriter plain;
  private final Object plainTarget;
  private final HeldGrowth growth;

  /** Sealed and not sent, where Netty cannot be left to wait for room; null if there is nothing. */
  private @Nullable ByteBuf waiting;

  /** How much of what was last written is sealed, and cannot be read by the client yet. */
  private int aheadBytes;

  private TlsLink(DuplexChannel socket, TlsHandler tls, SocketWriter plain, HeldGrowth growth) {
    this.socket = socket;
    this.tls = tls;
    this.plain = plain;
    this.growth = growth;
    this.plainTarget = plain.targetOf(socket);
  }

  /** A connection is secure from now on. */
  static void begin(DuplexChannel socket, TlsHandler tls, SocketWriter plain, HeldGrowth growth) {
    TlsLink link = new TlsLink(socket, tls, plain, growth);
    socket.attr(KEY).set(link);
    socket.closeFuture().addListener(_ -> link.forget());
  }

  /** That of a connection; empty if it is without TLS. */
  static Optional<TlsLink> of(Channel socket) {
    return socket.hasAttr(KEY) ? Optional.ofNullable(socket.attr(KEY).get()) : Optional.empty();
  }

  /** What a connection's holds that Netty does not; 0 if it is without TLS. */
  static int heldBytes(Channel socket) {
    ByteBuf held = of(socket).map(link -> link.waiting).orElse(null);
    return held == null ? 0 : held.capacity();
  }

  private void forget() {
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
  }

  int aheadBytes() {
    return aheadBytes;
  }

  void forgetAhead() {
    aheadBytes = 0;
  }

  /** Whether something is sealed that the socket has not taken. */
  boolean isHolding() {
    return waiting != null || tls.isSending();
  }

  /**
   * Seals bytes and sends them.
   *
   * @param address where they are in memory
   * @param room a direct buffer with room for them, sealed
   * @return how many the client can read: 0 if nothing was sealed, as something is still to be
   *     sent; {@link Sink#GONE} if the connection is broken
   */
  int write(ByteBuffer bytes, long address, int offset, int length, ByteBuf room) {
    if (isHolding()) {
      int sent = sendWaiting();
      if (sent == Sink.GONE || isHolding()) {
        return sent;
      }
    }
    if (length == 0) {
      return 0;
    }
    aheadBytes = 0;
    room.clear();
    try {
      tls.session().seal(bytes, address, offset, length, room);
    } catch (SSLException brokenConnection) {
      return Sink.GONE;
    }
    int sealed = room.readableBytes();
    int sent = plain.write(plainTarget, room);
    if (sent == sealed || sent == Sink.GONE) {
      return sent == Sink.GONE ? Sink.GONE : length;
    }
    hold(room);
    int readable = TlsSession.openable(length, sealed, sent);
    aheadBytes = length - readable;
    return readable;
  }

  /** Sends what waits here; 0, or that the connection is broken. */
  private int sendWaiting() {
    if (waiting == null || tls.isSending()) {
      return 0;
    }
    int sent = plain.write(plainTarget, waiting);
    if (!waiting.isReadable()) {
      waiting.release();
      waiting = null;
    }
    return Math.min(sent, 0);
  }

  private void hold(ByteBuf rest) {
    growth.add(rest.readableBytes());
    ByteBuf copy = socket.alloc().directBuffer(rest.readableBytes()).writeBytes(rest);
    if (plain.canWaitForRoom(socket.isInputShutdown())) {
      tls.sendSealed(copy);
    } else {
      waiting = copy;
    }
  }
}
