package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import io.linecast.core.ServingTimes;
import io.linecast.server.metrics.Metric;
import io.linecast.server.metrics.ServerMetrics;
import io.linecast.server.web.Route;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What a server with a web port tells Prometheus. Safe from any thread, but for what is said. */
final class Monitoring implements AutoCloseable {

  /** What a channel's counters are exported as. Deliveries are not there: see {@link Balance}. */
  private static final Map<Counter, Metric> COUNTERS =
      Map.of(
          Counter.ACCEPTED_LINES, Metric.LINES_ACCEPTED,
          Counter.ACCEPTED_BYTES, Metric.BYTES_ACCEPTED,
          Counter.TOO_LONG_LINES, Metric.LINES_TOO_LONG,
          Counter.LAGGED, Metric.LAGGED,
          Counter.CAUGHT_UP, Metric.CAUGHT_UP,
          Counter.LAPPED, Metric.LAPPED,
          Counter.OVERLOADS, Metric.OVERLOADS,
          Counter.STALLS, Metric.STALLS);

  private static final Map<Metric, ToLongFunction<Balance>> DELIVERIES =
      Map.of(
          Metric.DELIVERIES_ELIGIBLE, Balance::eligible,
          Metric.DELIVERIES_DELIVERED, Balance::delivered,
          Metric.DELIVERIES_SKIPPED, Balance::skipped,
          Metric.DELIVERIES_LOST_WITH_DEPARTED, Balance::lost,
          Metric.DELIVERIES_PENDING, Balance::pending);

  private static final long IDLE_SECONDS = 60;

  private final ServerMetrics metrics = new ServerMetrics(version());
  private final ExecutorService writer = newWriter();

  /** Codes that have a series. The writer's own. */
  private final Set<String> refusals = new HashSet<>();

  private static String version() {
    String version = Monitoring.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** One thread at most, and none while nobody asks. */
  private static ExecutorService newWriter() {
    ThreadPoolExecutor writer =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("linecast-metrics").factory());
    writer.allowCoreThreadTimeOut(true);
    return writer;
  }

  /** Who is to be told how long a channel's serving takes. */
  ServingTimes timesOf(String channel) {
    return metrics.timesOf(channel);
  }

  /** Begins to look at clients; what {@code /metrics} is. Once. */
  Route page(
      Collection<LineChannel> channels,
      Collection<ServerLoop> loops,
      Connections connections,
      Health health) {
    CensusTaker census = new CensusTaker(channels, loops);
    channels.forEach(channel -> export(channel, census));
    for (Wire wire : Wire.values()) {
      // Those who only send or ask: all of that wire, less those who hear something.
      metrics.export(
          Metric.CONNECTIONS,
          () -> Math.max(0, connections.open(wire) - census.last().listeners(wire)),
          wire.word(),
          "");
    }
    metrics.export(Metric.CONNECTIONS_MAX, connections::most);
    metrics.export(Metric.READY, () -> health.isReady() ? 1 : 0);
    for (CloseReason reason : CloseReason.values()) {
      metrics.export(
          Metric.CONNECTIONS_CLOSED,
          () -> connections.closed(reason),
          reason.name().toLowerCase(Locale.ROOT));
    }
    loops.forEach(loop -> new LagSampler(loop, channels, metrics).start());
    return new MetricsPage(metrics, census, writer, () -> exportNewCodes(connections.refusals()));
  }

  private void export(LineChannel channel, CensusTaker census) {
    String name = channel.name();
    COUNTERS.forEach(
        (counter, metric) -> metrics.export(metric, () -> channel.counters().get(counter), name));
    DELIVERIES.forEach(
        (metric, part) ->
            metrics.export(metric, () -> part.applyAsLong(census.balance(name)), name));
    for (Wire wire : Wire.values()) {
      metrics.export(
          Metric.CONNECTIONS, () -> census.last().listeners(wire, name), wire.word(), name);
    }
    metrics.exportLagOf(name);
    metrics.export(Metric.FEED_KEPT_BYTES, channel.feed()::keptBytes, name);
    metrics.export(Metric.FEED_WINDOW_BYTES, channel.feed()::windowBytes, name);
  }

  private void exportNewCodes(Refusals counts) {
    for (String word : counts.words()) {
      if (refusals.add(word)) {
        metrics.export(Metric.REFUSED, () -> counts.count(word), word);
      }
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
    metrics.close();
  }
}
