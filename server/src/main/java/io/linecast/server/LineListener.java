package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloException;
import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Peer;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Visitor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections that come to a channel by a port share. Safe from any loop. */
final class LineListener {

  private static final Logger LOG = LoggerFactory.getLogger(LineListener.class);

  private static final int TLS_HANDSHAKE = 22;
  private static final int TLS_VERSION_OFFSET = 1;
  private static final int TLS_MAJOR_VERSION = 3;

  private final ServerOptions options;
  private final AccessPolicy access;
  private final LineChannel channel;
  private final Connections connections;
  private final Function<String, Optional<LineChannel>> channels;
  private final Runnable onStopWord;
  private final OncePerSecond tooLong = new OncePerSecond(System::nanoTime);
  private final OncePerSecond notPermitted = new OncePerSecond(System::nanoTime);
  private final OncePerSecond tlsHello = new OncePerSecond(System::nanoTime);
  private final OncePerSecond skipped = new OncePerSecond(System::nanoTime);

  /**
   * A port's share.
   *
   * @param access who may do what
   * @param channel the port's own
   * @param channels the server's, by name
   */
  LineListener(
      ServerOptions options,
      AccessPolicy access,
      LineChannel channel,
      Function<String, Optional<LineChannel>> channels,
      Connections connections,
      Runnable onStopWord) {
    this.options = options;
    this.access = access;
    this.channel = channel;
    this.channels = channels;
    this.connections = connections;
    this.onStopWord = onStopWord;
  }

  ServerOptions options() {
    return options;
  }

  /** What a client may do here that has said nothing of itself. */
  PlainRights plainRights(Channel socket) {
    return PlainRights.of(access.strangers(Peer.of(socket)), channel.name());
  }

  /**
   * Who says a hello.
   *
   * @throws HelloException if the token is not valid
   */
  Visitor visitor(Channel socket, Hello hello) {
    Peer peer = Peer.of(socket);
    return hello.token().isEmpty()
        ? access.stranger(peer)
        : access
            .bearer(peer, hello.token().get())
            .orElseThrow(
                () -> new HelloException(hello.nonce(), Code.AUTH, "the token is not valid"));
  }

  LineChannel channel() {
    return channel;
  }

  Optional<LineChannel> channelNamed(String name) {
    return channels.apply(name);
  }

  Connections connections() {
    return connections;
  }

  void onStopWord() {
    onStopWord.run();
  }

  /** Somebody may take the port for one that speaks TLS, and would wait for ever. */
  void onFirstBytes(ByteBuf bytes, Channel socket) {
    int start = bytes.readerIndex();
    boolean isHello =
        bytes.readableBytes() > TLS_VERSION_OFFSET
            && bytes.getByte(start) == TLS_HANDSHAKE
            && bytes.getByte(start + TLS_VERSION_OFFSET) == TLS_MAJOR_VERSION;
    if (isHello) {
      tlsHello.happened(
          times ->
              LOG.warn(
                  "{} client(s) began with a TLS hello, {} the last: {} speaks no TLS (--tls-cert,"
                      + " --tls-off), so this is relayed as a line",
                  times,
                  Peer.addressOf(socket),
                  socket.localAddress()));
    }
  }

  /** So many lines, or a client, were turned away: it may not do that. */
  void onNotPermitted(SocketAddress client, int count) {
    connections.refusals().add(Code.AUTH.word(), count);
    notPermitted.happened(
        times ->
            LOG.warn(
                "{} time(s) a client of channel {} did what it may not do, {} the last (--plain,"
                    + " --allow, --tokens)",
                times,
                channel.name(),
                client));
  }

  /** A plain client has left. */
  void logLeft(SocketAddress client, CloseReason reason, Account account) {
    if (reason == CloseReason.SLOW) {
      LOG.warn(
          "{} of channel {} was disconnected, {} (--window, --slow); {}",
          client,
          channel.name(),
          reason.text(),
          account);
    } else {
      LOG.debug("{} of channel {} left: {}; {}", client, channel.name(), reason.text(), account);
    }
  }

  void logTooLong(SocketAddress client) {
    tooLong.happened(
        times ->
            LOG.warn(
                "{} line(s) over {} bytes were discarded, {} sent the last (--max-line)",
                times,
                options.maxLineBytes(),
                client));
  }

  void logSkipped(SocketAddress client, long first, long last) {
    skipped.happened(
        times ->
            LOG.warn(
                "{} time(s) a slow client of channel {} was made to skip lines, {} the last, lines"
                    + " {} to {} (--slow, --window)",
                times,
                channel.name(),
                client,
                first,
                last));
  }
}
