package io.linecast.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Opens many connections, holds them while nothing happens, and reports what they cost. */
public final class IdleMain {
  private static final String USAGE =
      """
      usage: IdleMain HOST:PORT [options]
        --connections N   clients (10000)
        --hold SECONDS    how long to hold them (5)
        --server-pid N    the server's process, if it is not found by its port
        --allow-remote    connect to a server that is not on this machine
      exit code: 0 all connections were served and held, 1 not, 2 usage
      """;

  private static final int CONNECTIONS_MAX = 200_000;
  private static final int HOLD_SECONDS_MAX = 3_600;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final InetSocketAddress target;
  private final int connections;
  private final int holdSeconds;
  private final Optional<LocalProcess> server;

  private IdleMain(Arguments arguments) {
    this.target = arguments.target();
    this.connections = arguments.number("connections", 10_000, 2, CONNECTIONS_MAX);
    this.holdSeconds = arguments.number("hold", 5, 0, HOLD_SECONDS_MAX);
    this.server =
        arguments.process("server-pid").or(() -> LocalProcess.listeningOn(target.getPort()));
  }

  public static void main(String[] words) {
    System.exit(run(List.of(words)));
  }

  private static int run(List<String> words) {
    try {
      Set<String> known = Set.of("connections", "hold", "server-pid");
      return new IdleMain(new Arguments(words, known, Set.of())).hold() ? 0 : 1;
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      return 2;
    } catch (LoadFailure e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  /** Returns whether all connections were still there at the end. */
  private boolean hold() {
    long residentBefore = residentBytes();
    RunClock clock = RunClock.start();
    Fleet fleet = Connector.connect(target, connections);
    try {
      print("connected", clock.nanos() / NANOS_PER_SECOND, "s");
      new Probe(fleet, new LineFormat(LineFormat.LINE_BYTES_MIN, 0)).run();
      print("all served", clock.nanos() / NANOS_PER_SECOND, "s");
      fleet.discardFor(TimeUnit.SECONDS.toNanos(holdSeconds));
      long residentAfter = residentBytes();
      if (residentAfter > 0) {
        print("server: memory before", residentBefore / BYTES_PER_MEGABYTE, "MB");
        print("server: memory with connections", residentAfter / BYTES_PER_MEGABYTE, "MB");
        double each = (double) (residentAfter - residentBefore) / connections;
        print("  a connection", each, "bytes");
      }
      print("connections", connections, "");
      print("  closed by the server", fleet.closed(), "");
      return fleet.closed() == 0;
    } finally {
      fleet.closeOrderly();
    }
  }

  private long residentBytes() {
    return server.map(LocalProcess::residentBytes).orElse(0L);
  }

  private static void print(String label, double value, String unit) {
    int decimals = value == Math.rint(value) ? 0 : 3;
    System.out.println(new Figure("", label, value, decimals, unit).toRow());
  }
}
