package io.linecast.server;

import io.linecast.core.ChannelView;
import io.linecast.core.LineChannel;
import io.linecast.server.ServerStatus.ChannelStatus;
import io.linecast.server.ServerStatus.ClosedConnection;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how the server is: whoever asks, and once a second those who watch. Its fields are its own
 * thread's, which also puts together and writes out what is told; the loops only look at their
 * clients, once a second and when somebody asks.
 */
final class StatusBoard implements AutoCloseable {

  /** Somebody who is told once a second. */
  @FunctionalInterface
  interface Watcher {

    /** Called on the board's thread; returns at once. */
    void onStatus(byte[] json);
  }

  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

  /** However often it is asked, the loops are not kept from their work. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final long startNanos = System.nanoTime();
  private final List<ServerLoop> loops;
  private final Connections connections;
  private final List<ChannelGauge> gauges;
  private final List<ChannelView> views;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("linecast-status").factory());

  /** Safe from any thread. */
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  /** The last one, or the one under way. */
  private CompletableFuture<Survey> survey = CompletableFuture.failedFuture(new Exception("none"));

  private boolean prepared;
  private long surveyNanos = startNanos - FRESH_NANOS;
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

  /**
   * Tells nothing before it is started.
   *
   * @param latencies what each of the channels, in this order, is timed by
   */
  StatusBoard(
      List<LineChannel> channels,
      List<LatencyWindow> latencies,
      List<ServerLoop> loops,
      Connections connections) {
    this.loops = loops;
    this.connections = connections;
    List<ChannelGauge> made = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      made.add(new ChannelGauge(channels.get(i), latencies.get(i), startNanos));
    }
    this.gauges = List.copyOf(made);
    this.views = gauges.stream().map(ChannelGauge::view).toList();
  }

  void start() {
    var _ = thread.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** How it is now, on a line of JSON. From any thread. */
  CompletableFuture<byte[]> ask() {
    return CompletableFuture.supplyAsync(this::survey, thread)
        .thenCompose(latest -> latest)
        .thenApplyAsync(latest -> status(latest).json(), thread);
  }

  /** From any thread. */
  void add(Watcher watcher) {
    watchers.add(watcher);
  }

  /** From any thread. */
  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  private CompletableFuture<Survey> survey() {
    long now = System.nanoTime();
    if (survey.isDone() && now - surveyNanos >= FRESH_NANOS) {
      if (!prepared) {
        prepared = true;
        loops.getFirst().writer().prepareSendQueueBytes();
      }
      surveyNanos = now;
      survey = Survey.of(loops, views);
    }
    return survey;
  }

  private void tick() {
    gauges.forEach(ChannelGauge::turn);
    if (told.isDone()) { // else a loop has had no time for a second
      told = survey().thenAcceptAsync(this::tell, thread).exceptionally(StatusBoard::onFault);
    }
  }

  private static Void onFault(Throwable fault) {
    LOG.error("the server's status could not be told", fault);
    return null;
  }

  private void tell(Survey latest) {
    for (int i = 0; i < gauges.size(); i++) {
      gauges.get(i).look(latest.nanos(), latest.channel(i));
    }
    if (!watchers.isEmpty()) {
      byte[] json = status(latest).json();
      watchers.forEach(watcher -> watcher.onStatus(json));
    }
  }

  private ServerStatus status(Survey latest) {
    List<ChannelStatus> channels = new ArrayList<>();
    for (int i = 0; i < gauges.size(); i++) {
      channels.add(gauges.get(i).status(latest.channel(i)));
    }
    return new ServerStatus(
        LinecastServer.class.getPackage().getImplementationVersion(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos),
        views.stream().anyMatch(view -> !view.channel().isOpen()),
        views.stream().anyMatch(view -> view.channel().holdsSenders()),
        connectionsByWire(),
        connections.limited().timesByFlag(),
        channels,
        latest.slowest(),
        closedLately());
  }

  private Map<String, Integer> connectionsByWire() {
    Map<String, Integer> open = new LinkedHashMap<>();
    Arrays.stream(Wire.values()).forEach(wire -> open.put(wire.word(), connections.open(wire)));
    return open;
  }

  private List<ClosedConnection> closedLately() {
    return connections.lately().list().stream()
        .map(
            closed ->
                new ClosedConnection(
                    LoopSurvey.text(closed.address()),
                    closed.wire().word(),
                    closed.reason().text(),
                    closed.at().truncatedTo(ChronoUnit.MILLIS).toString()))
        .toList();
  }

  /** Tells nothing any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
