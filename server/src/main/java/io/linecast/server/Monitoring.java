package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.ServingTimes;
import io.linecast.server.web.Route;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server with a web port tells Prometheus. Nothing is made ready, or sampled, before
 * somebody asks for it: a start takes no longer, and who asks nothing pays nothing.
 *
 * <p>Set up by the thread that starts the server; what is written is the writer's own.
 */
final class Monitoring implements AutoCloseable {

  private static final long IDLE_SECONDS = 60;

  /** By channel. */
  private final Map<String, LateTimes> times = new HashMap<>();

  private final @Nullable ServerTls tls;

  private final ExecutorService writer = newWriter();

  /** From the first question on. The writer's own. */
  private @Nullable MetricsReport report;

  /** Of a server that speaks TLS, or not: null. */
  Monitoring(@Nullable ServerTls tls) {
    this.tls = tls;
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

  /** Who is to be told how long a channel's serving takes. While the server is set up. */
  ServingTimes timesOf(String channel) {
    return times.computeIfAbsent(channel, first -> new LateTimes());
  }

  /** What {@code /metrics} is. Once the channels are there. */
  Route page(
      Collection<LineChannel> channels,
      Collection<ServerLoop> loops,
      Connections connections,
      Health health) {
    CensusTaker census = new CensusTaker(channels, loops);
    return new MetricsPage(
        census, writer, () -> text(() -> begin(channels, loops, connections, health, census)));
  }

  private String text(Supplier<MetricsReport> first) {
    if (report == null) {
      report = first.get();
    }
    return report.text();
  }

  private MetricsReport begin(
      Collection<LineChannel> channels,
      Collection<ServerLoop> loops,
      Connections connections,
      Health health,
      CensusTaker census) {
    MetricsReport begun = new MetricsReport(connections, census);
    begun.exportServer(health, tls);
    channels.forEach(
        channel -> begun.exportChannel(channel, Objects.requireNonNull(times.get(channel.name()))));
    loops.forEach(loop -> begun.sampleLags(loop, channels));
    return begun;
  }

  @Override
  public void close() {
    writer.execute(this::closeReport);
    writer.shutdown();
  }

  private void closeReport() {
    if (report != null) {
      report.close();
    }
  }
}
