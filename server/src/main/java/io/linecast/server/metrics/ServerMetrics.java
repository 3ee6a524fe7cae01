package io.linecast.server.metrics;

import io.linecast.core.Lag;
import io.linecast.core.ServingTimes;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * All that is exported, and how it is written. What is counted elsewhere is not counted again: it
 * is asked for when somebody reads. Safe from any thread.
 */
public final class ServerMetrics implements AutoCloseable {

  /** What the text is, in the words of HTTP. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, LagMeter> lags = new ConcurrentHashMap<>();

  /** The registry itself would let them be collected. */
  private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();

  /** The process's own figures, and which release it is. */
  public ServerMetrics(String version) {
    List<MeterBinder> process =
        List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            collections,
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());
    process.forEach(binder -> binder.bindTo(registry));
    export(Metric.BUILD_INFO, () -> 1, version);
  }

  /**
   * Exports a counter or gauge that is asked for its value each time.
   *
   * @param value called on whichever thread reads
   * @param labels a value for each of the metric's labels, in their order
   */
  public void export(Metric metric, LongSupplier value, String... labels) {
    sources.add(value);
    switch (metric.type()) {
      case COUNTER ->
          FunctionCounter.builder(metric.meterName(), value, LongSupplier::getAsLong)
              .tags(tags(metric, labels))
              .description(metric.help())
              .register(registry);
      case GAUGE ->
          Gauge.builder(metric.meterName(), value, LongSupplier::getAsLong)
              .tags(tags(metric, labels))
              .description(metric.help())
              .register(registry);
      case HISTOGRAM -> throw new IllegalArgumentException(metric + " has no single value");
    }
  }

  private static Tags tags(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      tags.add(Tag.of(metric.labels().get(i).word(), labels[i]));
    }
    return Tags.of(tags);
  }

  /** A channel's histograms of how long serving takes. */
  public ServingTimes timesOf(String channel) {
    return new ServingTimers(
        timer(Metric.DELIVERY_LATENCY_SECONDS, channel), timer(Metric.SWEEP_SECONDS, channel));
  }

  /** Adds to a channel's histograms how far a client is behind. */
  public void addLag(String channel, Lag lag) {
    lags.computeIfAbsent(channel, this::newLagMeter).add(lag);
  }

  /** Has a channel's lags exported before there is a client. */
  public void exportLagOf(String channel) {
    lags.computeIfAbsent(channel, this::newLagMeter);
  }

  private LagMeter newLagMeter(String channel) {
    return new LagMeter(
        summary(Metric.LAG_LINES, channel),
        summary(Metric.LAG_BYTES, channel),
        timer(Metric.LAG_SECONDS, channel));
  }

  private Timer timer(Metric metric, String channel) {
    return Timer.builder(metric.meterName())
        .tags(tags(metric, channel))
        .description(metric.help())
        .serviceLevelObjectives(Buckets.ofTime(metric))
        .register(registry);
  }

  private DistributionSummary summary(Metric metric, String channel) {
    return DistributionSummary.builder(metric.meterName())
        .tags(tags(metric, channel))
        .description(metric.help())
        .serviceLevelObjectives(Buckets.ofAmount(metric))
        .register(registry);
  }

  /** Everything as it is now, in Prometheus's text format. Asks every source. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
