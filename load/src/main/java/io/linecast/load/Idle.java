package io.linecast.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The scenario of clients that are there and do nothing: what each costs the server in memory. */
final class Idle {
  private static final int FEW = 1_000;
  private static final int CONNECTIONS_MIN = 4;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final LoadOptions options;
  private final int holdSeconds;
  private final Progress progress;

  /**
   * @param holdSeconds how long to wait before the server's memory is looked at
   */
  Idle(LoadOptions options, int holdSeconds, Progress progress) {
    this.options = options;
    this.holdSeconds = holdSeconds;
    this.progress = progress;
    if (options.connections() < CONNECTIONS_MIN) {
      throw new UsageException(
          "--connections: idle compares many with half of them, so 4 at least");
    }
  }

  Report run() {
    int many = options.connections();
    int few = Math.min(FEW, many / 2);
    Seen before = look(few);
    Seen after = look(many);
    List<Figure> figures = figures(many, many - few, before, after);
    boolean clean = after.closed == 0;
    return new Report(
        figures,
        Map.of(),
        List.of(),
        clean ? "all connections were kept" : "CONNECTIONS WERE CLOSED",
        clean,
        new double[0][]);
  }

  static List<Figure> figures(int many, int more, Seen before, Seen after) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("connections", "connections", many));
    figures.add(new Figure("served_seconds", "all served in", after.servedSeconds, 3, "s"));
    if (after.residentBytes > 0) {
      figures.add(
          new Figure(
              "server_resident_megabytes",
              "server: memory",
              after.residentBytes / BYTES_PER_MEGABYTE,
              1,
              "MB"));
      figures.add(
          slope(
              "resident_bytes_per_connection",
              "  a connection",
              before.residentBytes,
              after.residentBytes,
              more));
    }
    if (after.heapBytes.isPresent() && before.heapBytes.isPresent()) {
      figures.add(
          slope(
              "heap_bytes_per_connection",
              "  of the heap, a connection",
              before.heapBytes.getAsLong(),
              after.heapBytes.getAsLong(),
              more));
    }
    figures.add(Figure.count("connections_closed", "closed by the server", after.closed));
    return figures;
  }

  private Seen look(int connections) {
    progress.run(String.format(Locale.ROOT, "%,d connections", connections));
    Share share = Share.of(options.withConnections(connections)).getFirst();
    long began = System.nanoTime();
    try (LocalWorker worker = new LocalWorker(share)) {
      worker.connect();
      worker.probe();
      double served = (System.nanoTime() - began) / NANOS_PER_SECOND;
      worker.hold(TimeUnit.SECONDS.toNanos(holdSeconds));
      OptionalLong heap =
          options.serverProcess().map(JavaHeap::liveBytes).orElse(OptionalLong.empty());
      long resident = options.serverProcess().map(LocalProcess::residentBytes).orElse(0L);
      return new Seen(served, resident, heap, worker.closed());
    }
  }

  private static Figure slope(String key, String label, long before, long after, int connections) {
    return new Figure(key, label, (double) (after - before) / connections, 0, "bytes");
  }

  record Seen(double servedSeconds, long residentBytes, OptionalLong heapBytes, int closed) {}
}
