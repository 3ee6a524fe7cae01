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
 * possible. Or lines are sent at a rate, whatever is unanswered: it looks for how long answers take
 * then.
 */
final class PublishRun {
  private static final int READ_MAX_BYTES = 256 << 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Fleet fleet;
  private final List<PublisherClient> clients;
  private final MemorySegment memory;
  private final byte[] bytes = new byte[READ_MAX_BYTES];
  private final Latency latency;
  private final LoopTime loopTime = new LoopTime();
  private final double linesPerNano;
  private RunClock clock = RunClock.start();

  private PublishRun(
      LoadOptions options, int window, int linesPerSecond, Fleet fleet, Arena arena) {
    this.fleet = fleet;
    this.linesPerNano = linesPerSecond / NANOS_PER_SECOND / fleet.size();
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
   * @param linesPerSecond of all, if they are to be sent at a rate; 0: as fast as they are answered
   * @throws LoadFailure if the load could not be brought to the server
   */
  static PublishResult run(
      LoadOptions options, int publishers, int window, int linesPerSecond, Progress progress) {
    progress.phase("connecting");
    Fleet fleet = Connector.connect(options.target(), publishers);
    boolean clean = false;
    try (Arena arena = Arena.ofConfined()) {
      Hellos.exchange(fleet, connection -> false);
      PublishRun run = new PublishRun(options, window, linesPerSecond, fleet, arena);
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
    sendAll();
    long now = clock.nanos();
    while (now < endNanos && fleet.closed() == 0) {
      boolean busy = turn(true);
      if (linesPerNano > 0) {
        sendAll(); // a line may be due of who has no answer
      }
      long next = clock.nanos();
      time.add(next - now, false, busy);
      now = next;
    }
  }

  private void sendAll() {
    for (PublisherClient client : clients) {
      long now = clock.nanos();
      client.send(now, dueLines(now));
    }
  }

  /** How many lines of each may have been sent by then. */
  private long dueLines(long nowNanos) {
    return linesPerNano > 0 ? 1 + (long) (nowNanos * linesPerNano) : Long.MAX_VALUE;
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
      long now = clock.nanos();
      client.send(now, dueLines(now));
    }
    return count > 0;
  }

  private long answered() {
    return clients.stream().mapToLong(client -> client.answers().answered()).sum();
  }
}
