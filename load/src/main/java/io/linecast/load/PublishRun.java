package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A run of publishers that send acknowledged lines as fast as they are answered, and hear none:
 * connect, warm up, measure, wait for the last answers, close. A closed loop: it looks for what is
 * possible, not for how late lines are at a given rate.
 */
final class PublishRun {
  private static final int READ_MAX_BYTES = 256 << 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Fleet fleet;
  private final List<PublisherClient> clients;
  private final MemorySegment memory;
  private final byte[] bytes = new byte[READ_MAX_BYTES];
  private final Latency latency;
  private final LoopTime loopTime = new LoopTime();
  private RunClock clock = RunClock.start();

  private PublishRun(LoadOptions options, int window, Fleet fleet, Arena arena) {
    this.fleet = fleet;
    this.memory = arena.allocate(READ_MAX_BYTES);
    this.latency = new Latency(TimeUnit.SECONDS.toNanos(options.warmupSeconds()));
    LineFormat format = new LineFormat(options.lineBytes(), 0);
    MemorySegment lines = arena.allocate(PublisherClient.sendBytes(options.lineBytes()));
    this.clients =
        IntStream.range(0, fleet.size())
            .mapToObj(i -> new PublisherClient(fleet, i, format, window, lines, latency))
            .toList();
  }

  /**
   * Runs.
   *
   * @param publishers how many connections
   * @param window how many lines of each may be unanswered
   * @throws LoadFailure if the load could not be brought to the server
   */
  static PublishResult run(LoadOptions options, int publishers, int window, Progress progress) {
    progress.phase("connecting");
    Fleet fleet = Connector.connect(options.target(), publishers);
    boolean clean = false;
    try (Arena arena = Arena.ofConfined()) {
      Hellos.exchange(fleet, connection -> false);
      PublishRun run = new PublishRun(options, window, fleet, arena);
      PublishResult result = run.measure(options, progress);
      clean = result.isClean();
      return result;
    } finally {
      if (clean) {
        fleet.closeOrderly();
      } else {
        fleet.reset();
      }
    }
  }

  private PublishResult measure(LoadOptions options, Progress progress) {
    long warmupNanos = TimeUnit.SECONDS.toNanos(options.warmupSeconds());
    long endNanos = warmupNanos + TimeUnit.SECONDS.toNanos(options.seconds());
    clock = RunClock.start();
    progress.phase("warming up");
    runUntil(warmupNanos, new LoopTime());
    progress.phase("measuring");
    Meter meter = new Meter(options.serverProcess());
    long before = answered();
    long began = clock.nanos();
    runUntil(endNanos, loopTime);
    long measuredLines = answered() - before;
    long measuredNanos = clock.nanos() - began;
    Usage usage = meter.read();
    progress.phase("waiting for the rest");
    settle();
    return new PublishResult(
        clients.stream().map(PublisherClient::answers).toList(),
        clients.stream().mapToLong(PublisherClient::sentLines).sum(),
        measuredLines,
        measuredNanos,
        fleet.closed(),
        latency,
        loopTime,
        usage);
  }

  private void runUntil(long endNanos, LoopTime time) {
    clients.forEach(client -> client.send(clock.nanos()));
    long now = clock.nanos();
    while (now < endNanos && fleet.closed() == 0) {
      boolean busy = turn(true);
      long next = clock.nanos();
      time.add(next - now, false, busy);
      now = next;
    }
  }

  /** Until every line has its answer, or none comes any more. */
  private void settle() {
    long lastNews = clock.nanos();
    while (!clients.stream().allMatch(PublisherClient::isAnswered)
        && fleet.closed() < fleet.size()
        && clock.nanos() - lastNews < PATIENCE_NANOS) {
      clients.forEach(client -> client.complete(clock.nanos()));
      if (turn(false)) {
        lastNews = clock.nanos();
      }
    }
  }

  /** Says whether there was anything to do. */
  private boolean turn(boolean sends) {
    if (clients.size() == 1) {
      // One socket is asked at once: what epoll takes would be a part of each round trip.
      clients.getFirst().onWritable();
      return serve(0, sends);
    }
    Epoll epoll = fleet.epoll();
    int ready = epoll.poll(0);
    for (int event = 0; event < ready; event++) {
      int connection = epoll.token(event);
      if (epoll.isWritable(event)) {
        clients.get(connection).onWritable();
      }
      serve(connection, sends);
    }
    return ready > 0;
  }

  private boolean serve(int connection, boolean sends) {
    PublisherClient client = clients.get(connection);
    int count =
        fleet.isOpen(connection) ? fleet.read(connection, memory.address(), READ_MAX_BYTES) : 0;
    if (count > 0) {
      MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, count);
      client.accept(bytes, count, clock.nanos());
    }
    if (sends) {
      client.send(clock.nanos());
    }
    return count > 0;
  }

  private long answered() {
    return clients.stream().mapToLong(client -> client.answers().answered()).sum();
  }
}
