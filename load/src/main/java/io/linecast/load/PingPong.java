package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The scenario of two clients, one of which sends back what the other has sent. */
final class PingPong {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LoadOptions options;
  private final Share share;
  private final Progress progress;

  PingPong(LoadOptions options, Progress progress) {
    this.options = options;
    this.share = Share.of(options).getFirst();
    this.progress = progress;
    if (options.dialect() != Dialect.LINES || options.connections() != 2) {
      throw new UsageException("pingpong takes two clients that speak lines");
    }
  }

  Report run() {
    Fleet fleet = Connector.connect(share.target(), 2);
    try (Arena arena = Arena.ofConfined()) {
      new Probe(fleet, share).run();
      return play(fleet, arena.allocate(share.lineBytes()));
    } finally {
      fleet.closeOrderly();
    }
  }

  private Report play(Fleet fleet, MemorySegment line) {
    progress.run("round trips");
    long warmup = TimeUnit.SECONDS.toNanos(options.warmupSeconds());
    long end = warmup + TimeUnit.SECONDS.toNanos(options.seconds());
    Latency latency = new Latency(warmup);
    Latency oneWay = new Latency(warmup);
    LineFormat format = share.lineFormat();
    byte[] bytes = new byte[share.lineBytes()];
    Meter meter = new Meter(options.serverProcess());
    RunClock clock = RunClock.start();
    long trips = 0;
    String failure = "";
    for (long now = 0; now < end && failure.isEmpty(); now = clock.nanos()) {
      format.encode(bytes, 0, now, 0, trips++ & LineFormat.SEQUENCE_MAX);
      MemorySegment.copy(bytes, 0, line, JAVA_BYTE, 0, bytes.length);
      boolean arrived = pass(fleet, 0, 1, line);
      long turned = clock.nanos();
      if (!arrived || !pass(fleet, 1, 0, line)) {
        failure = "a line did not arrive within 5 s";
      } else if (line.mismatch(MemorySegment.ofArray(bytes)) >= 0) {
        failure = "a line came back changed";
      } else {
        oneWay.record(now, turned);
        latency.record(now, clock.nanos());
      }
    }
    Usage usage = meter.read();
    List<Figure> figures = new ArrayList<>(figures(latency, end - warmup));
    figures.add(
        millis("one_way_p50_millis", "from one to the other: p50", oneWay.percentileMillis(50)));
    figures.addAll(usage.figures());
    List<String> warnings = new ArrayList<>(Doubts.ofTheKernel(usage.kernel()));
    if (!failure.isEmpty()) {
      warnings.add("round trip " + trips + ": " + failure);
    }
    boolean clean = failure.isEmpty();
    String verdict = clean ? Report.NOTHING_LOST : Report.LOST;
    return new Report(figures, Map.of(), warnings, verdict, clean, latency.curve());
  }

  static List<Figure> figures(Latency latency, long measuredNanos) {
    double seconds = measuredNanos / NANOS_PER_SECOND;
    return List.of(
        Figure.count("round_trips", "round trips measured", latency.count()),
        new Figure("round_trips_per_second", "  a second", latency.count() / seconds, 0, "/s"),
        millis("latency_p50_millis", "  p50", latency.percentileMillis(50)),
        millis("latency_p99_millis", "  p99", latency.percentileMillis(99)),
        millis("latency_p999_millis", "  p99.9", latency.percentileMillis(99.9)),
        millis("latency_max_millis", "  max", latency.maxMillis()));
  }

  /**
   * Sends a line from one client, and has the other receive it into the same memory; says whether
   * it came.
   */
  private static boolean pass(Fleet fleet, int from, int to, MemorySegment line) {
    long size = line.byteSize();
    if (fleet.send(from, line.address(), size) != size) {
      return false;
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long received = 0;
    while (received < size && System.nanoTime() < deadline && fleet.isOpen(to)) {
      received += fleet.read(to, line.address() + received, (int) (size - received));
    }
    return received == size;
  }

  private static Figure millis(String key, String label, double millis) {
    return new Figure(key, label, millis, 4, "ms");
  }
}
