package io.linecast.server;

import io.linecast.core.LineChannel;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections that come to a channel by a port share. Safe from any loop. */
final class LineListener {

  private static final Logger LOG = LoggerFactory.getLogger(LineListener.class);

  private final ServerOptions options;
  private final LineChannel channel;
  private final Connections connections;
  private final Function<String, Optional<LineChannel>> channels;
  private final Runnable onStopWord;
  private final OncePerSecond tooLong = new OncePerSecond(System::nanoTime);
  private final OncePerSecond skipped = new OncePerSecond(System::nanoTime);

  /**
   * A port's share.
   *
   * @param channel the port's own
   * @param channels the server's, by name
   */
  LineListener(
      ServerOptions options,
      LineChannel channel,
      Function<String, Optional<LineChannel>> channels,
      Connections connections,
      Runnable onStopWord) {
    this.options = options;
    this.channel = channel;
    this.channels = channels;
    this.connections = connections;
    this.onStopWord = onStopWord;
  }

  ServerOptions options() {
    return options;
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
