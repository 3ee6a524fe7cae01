package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.Journal;
import io.linecast.core.LineChannel;
import io.linecast.server.metrics.Metric;
import io.linecast.server.metrics.ServerMetrics;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Where each exported figure comes from. One thread's at a time. */
final class MetricsReport implements AutoCloseable {

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
          Counter.STALLS, Metric.STALLS,
          Counter.JOURNAL_WAITS, Metric.JOURNAL_WAITS);

  private static final Map<Metric, ToLongFunction<Balance>> DELIVERIES =
      Map.of(
          Metric.DELIVERIES_ELIGIBLE, Balance::eligible,
          Metric.DELIVERIES_DELIVERED, Balance::delivered,
          Metric.DELIVERIES_SKIPPED, Balance::skipped,
          Metric.DELIVERIES_LOST_WITH_DEPARTED, Balance::lost,
          Metric.DELIVERIES_PENDING, Balance::pending);

  private final ServerMetrics metrics = new ServerMetrics(version());
  private final Connections connections;
  private final CensusTaker census;

  /** Words that have a series. */
  private final Set<String> refusals = new HashSet<>();

  MetricsReport(Connections connections, CensusTaker census) {
    this.connections = connections;
    this.census = census;
  }

  private static String version() {
    String version = MetricsReport.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** What is the same for all channels. */
  void exportServer(Health health, @Nullable ServerTls tls) {
    for (Wire wire : Wire.values()) {
      // Those who only send or ask: all of that wire, less those who hear something.
      metrics.export(
          Metric.CONNECTIONS,
          () -> Math.max(0, connections.open(wire) - census.last().listeners(wire)),
          wire.word(),
          "");
    }
    for (CloseReason reason : CloseReason.values()) {
      metrics.export(
          Metric.CONNECTIONS_CLOSED,
          () -> connections.closed(reason),
          reason.name().toLowerCase(Locale.ROOT));
    }
    for (Limit limit : Limit.values()) {
      metrics.export(Metric.LIMITED, () -> connections.limited().times(limit), limit.flag());
    }
    metrics.export(Metric.CONNECTIONS_MAX, connections::most);
    metrics.export(Metric.CLIENT_MEMORY_BYTES, connections.memory()::heldBytes);
    metrics.export(Metric.CLIENT_MEMORY_MAX_BYTES, connections.memory()::mostBytes);
    metrics.export(Metric.READY, () -> health.isReady() ? 1 : 0);
    exportTls(tls);
  }

  private void exportTls(@Nullable ServerTls tls) {
    metrics.export(Metric.TLS_HANDSHAKES, () -> tls == null ? 0 : tls.figures().handshakes().sum());
    metrics.export(Metric.TLS_RESUMED, () -> tls == null ? 0 : tls.figures().resumed().sum());
    metrics.export(Metric.TLS_FAILED, () -> tls == null ? 0 : tls.figures().failures().sum());
    metrics.export(Metric.TLS_RELOADS, () -> tls == null ? 0 : tls.figures().reloads().sum());
    metrics.export(
        Metric.TLS_RELOADS_FAILED, () -> tls == null ? 0 : tls.figures().reloadFailures().sum());
    metrics.export(
        Metric.TLS_NOT_AFTER_SECONDS,
        () -> tls == null ? 0 : tls.contexts().notAfter().getEpochSecond());
  }

  /**
   * What is a channel's own.
   *
   * @param times hears how long its serving takes
   */
  void exportChannel(LineChannel channel, LateTimes times) {
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
    metrics.export(Metric.FEED_KEPT_BYTES, new ChannelView(channel)::keptBytes, name);
    metrics.export(Metric.FEED_WINDOW_BYTES, channel.feed()::windowBytes, name);
    exportJournal(channel.journal(), name);
    metrics.exportLagOf(name);
    times.tell(metrics.timesOf(name));
  }

  private void exportJournal(Journal journal, String name) {
    metrics.export(Metric.JOURNAL_UP, () -> journal.isWorking() ? 1 : 0, name);
    metrics.export(Metric.JOURNAL_WAITING_BYTES, () -> journal.state().waitingBytes(), name);
    metrics.export(Metric.JOURNAL_LAG_LINES, () -> journal.state().lagLines(), name);
    metrics.export(Metric.JOURNAL_FAILURES, () -> journal.state().failures(), name);
    metrics.export(Metric.JOURNAL_COMMITS, () -> journal.state().commits(), name);
  }

  /** Begins to look how far a loop's clients are behind. */
  void sampleLags(ServerLoop loop, Collection<LineChannel> channels) {
    new LagSampler(loop, channels, metrics).start();
  }

  /** Everything as it is now. */
  String text() {
    Refusals refused = connections.refusals();
    for (String word : refused.words()) {
      if (refusals.add(word)) {
        metrics.export(Metric.REFUSED, () -> refused.count(word), word);
      }
    }
    return metrics.text();
  }

  @Override
  public void close() {
    metrics.close();
  }
}
