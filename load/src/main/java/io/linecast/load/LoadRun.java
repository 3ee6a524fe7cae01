package io.linecast.load;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a load from the first connection to the last: connect, probe, send by the schedule and
 * take in what comes, wait for the rest, account, close. The work is done by a {@link Crew}; the
 * calling thread looks on, and at the server.
 */
final class LoadRun {
  private static final long START_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final LoadOptions options;
  private final Progress progress;
  private final List<LocalProcess> servers;
  private long mostResidentBytes;

  LoadRun(LoadOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.servers = options.serverProcesses();
  }

  /**
   * Runs.
   *
   * @throws LoadFailure if the load could not be brought to the server
   */
  LoadResult run() {
    try (Crew crew = new Crew(Share.of(options))) {
      progress.phase("connecting");
      crew.all(LoadRun::connect);
      for (int i = 0; i < crew.size(); i++) {
        crew.one(i, LoadRun::probe);
      }
      crew.all(LoadRun::forget);
      return load(crew);
    }
  }

  private LoadResult load(Crew crew) {
    progress.phase("warming up");
    KernelCounters before = KernelCounters.read();
    long start = System.nanoTime() + (crew.size() == 1 ? 0 : START_DELAY_NANOS);
    List<Future<long[]>> runs = crew.start(worker -> worker.run(start));
    long begin = start + TimeUnit.SECONDS.toNanos(options.warmupSeconds());
    long end = begin + TimeUnit.SECONDS.toNanos(options.seconds());
    lookOnUntil(begin, start, end, runs);
    progress.phase("measuring");
    long cpuBefore = serverCpuNanos();
    lookOnUntil(end, start, end, runs);
    long resident = residentBytes();
    LoadResult.ServerUsage usage =
        new LoadResult.ServerUsage(
            serverCpuNanos() - cpuBefore, resident, Math.max(resident, mostResidentBytes));
    progress.phase("waiting for the rest");
    long[] sentLines = Crew.join(runs).stream().flatMapToLong(Arrays::stream).toArray();
    List<Tally> tallies = crew.all(worker -> worker.tally(sentLines));
    KernelCounters kernel = KernelCounters.read().since(before);
    return LoadResult.of(tallies, Arrays.stream(sentLines).sum(), usage, kernel);
  }

  /** Returns at that time, or at once when a worker has ended. */
  private void lookOnUntil(long nanos, long start, long end, List<Future<long[]>> runs) {
    for (long now = System.nanoTime(); now < nanos; now = System.nanoTime()) {
      if (runs.stream().anyMatch(Future::isDone)) {
        return;
      }
      mostResidentBytes = Math.max(mostResidentBytes, residentBytes());
      progress.at((double) (now - start) / (end - start));
      LockSupport.parkNanos(Math.min(LOOK_NANOS, nanos - now));
    }
  }

  private long residentBytes() {
    return servers.stream().mapToLong(LocalProcess::residentBytes).sum();
  }

  private long serverCpuNanos() {
    return servers.stream().mapToLong(LocalProcess::cpuNanos).sum();
  }

  private static boolean connect(Worker worker) {
    worker.connect();
    return true;
  }

  private static boolean probe(Worker worker) {
    worker.probe();
    return true;
  }

  private static boolean forget(Worker worker) {
    worker.forget();
    return true;
  }
}
