package io.linecast.server;

import io.linecast.core.Archive;
import io.linecast.core.Feed;
import io.linecast.core.Journals;
import io.linecast.core.LineChannel;
import io.linecast.core.Pace;
import io.linecast.core.ServingTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's channels, by name. All are opened by the thread that starts the server, before the
 * first client comes; read by any after that.
 */
final class HostedChannels {

  private final ServerOptions options;
  private final List<ServerLoop> loops;
  private final @Nullable LinePrinter printer;
  private final @Nullable Monitoring monitoring;
  private final Journals journals;
  private final Map<String, LineChannel> channels = new LinkedHashMap<>();
  private final Archive archive =
      Archive.withThreads(Archive.DEFAULT_READERS, Archive.DEFAULT_BYTES);

  /** One for each channel, in their order, if there is a web port to tell of them. */
  private final List<LatencyWindow> latencies = new ArrayList<>();

  /** None is open yet. */
  HostedChannels(
      ServerOptions options,
      List<ServerLoop> loops,
      @Nullable LinePrinter printer,
      @Nullable Monitoring monitoring) {
    this.options = options;
    this.loops = loops;
    this.printer = printer;
    this.monitoring = monitoring;
    this.journals = JournalPlace.open(options.journal(), options.maxLineBytes());
  }

  /** Opens a channel, unless it is open. */
  void open(String name) {
    channels.computeIfAbsent(name, this::newChannel);
  }

  /** There will be no others. */
  void onComplete() {
    journals.onComplete();
  }

  private LineChannel newChannel(String name) {
    LineChannel channel =
        new LineChannel(
            name,
            new Feed(options.windowBytes(), options.largestRunBytes()),
            JournalPlace.journal(journals, name),
            new Pace(options.windowBytes(), options.slow()),
            loops,
            printer == null ? List.of() : List.of(printer),
            options.acknowledged().publishers(),
            newServingTimes(name),
            archive);
    if (printer != null) {
      printer.follow(channel);
    }
    JournalWatch.start(channel, loops.getFirst());
    return channel;
  }

  /** Whoever wants to know how long a channel's deliveries take. */
  private ServingTimes newServingTimes(String channel) {
    if (monitoring == null) {
      return ServingTimes.NONE;
    }
    LatencyWindow latency = new LatencyWindow();
    latencies.add(latency);
    return new BothTimes(latency, monitoring.timesOf(channel));
  }

  Optional<LineChannel> named(String name) {
    return Optional.ofNullable(channels.get(name));
  }

  Map<String, LineChannel> byName() {
    return channels;
  }

  List<LineChannel> all() {
    return List.copyOf(channels.values());
  }

  List<LatencyWindow> latencies() {
    return latencies;
  }

  /** Gives everything back. Its loops must have ended. */
  void close() {
    archive.close();
    channels.values().forEach(LineChannel::close);
    journals.close();
  }
}
