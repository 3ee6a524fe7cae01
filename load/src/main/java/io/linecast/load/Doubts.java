package io.linecast.load;

import java.util.ArrayList;
import java.util.List;

/** Reasons to distrust the figures of a run, for people. */
final class Doubts {
  static final String NOT_ALL_SENT = "not all lines of the schedule could be sent";

  private static final String ITSELF = ": what was measured may be the load itself";
  private static final double LATENESS_MAX_MILLIS = 2;
  private static final double OWN_CORE_SHARE_MIN = 0.9;
  private static final double ALL_CORES_SHARE_MAX = 0.9;
  private static final double FULL_SHARE_MAX = 0.5;
  private static final double BUSY_SHARE_MAX = 0.98;

  private Doubts() {}

  static List<String> of(LoadOptions options, LoadResult result) {
    List<String> doubts = new ArrayList<>(ofTheLoad(options, result));
    if (result.blockedSends() > 0) {
      doubts.add("senders had to wait: the server did not always read as fast as lines were due");
    }
    doubts.addAll(ofTheKernel(result.kernel()));
    if (result.sentLines() < options.totalLines()) {
      doubts.add(NOT_ALL_SENT);
    }
    return doubts;
  }

  static List<String> ofTheKernel(KernelCounters kernel) {
    return kernel.backlogDrops() > 0
        ? List.of("the kernel dropped packets (net.core.netdev_max_backlog): latency suffered")
        : List.of();
  }

  /** Signs that the load itself was what was measured. */
  static List<String> ofTheLoad(LoadOptions options, LoadResult result) {
    List<String> doubts = new ArrayList<>();
    double cores = (double) result.measured().ownCpuNanos() / result.measured().nanos();
    boolean alone = options.processes() == 1;
    if (alone && cores < OWN_CORE_SHARE_MIN) {
      doubts.add("the load did not have a core to itself: something else is running here");
    }
    if (!alone && cores > ALL_CORES_SHARE_MAX * Runtime.getRuntime().availableProcessors()) {
      doubts.add("the load had no CPU time left" + ITSELF);
    }
    if (result.lateness().percentileMillis(99) > LATENESS_MAX_MILLIS) {
      doubts.add("the load did not keep to its own schedule" + ITSELF);
    }
    // A load that waits for news instead of asking for it is busy whenever it is awake.
    if (alone && result.loopTime().fullShare() > FULL_SHARE_MAX) {
      doubts.add("the load had its hands full with reading" + ITSELF);
    } else if (alone) {
      doubts.addAll(ofALoopThatNeverRests(result.loopTime()));
    }
    return doubts;
  }

  /** Signs that a loop that does not wait for news had no time left. */
  static List<String> ofALoopThatNeverRests(LoopTime time) {
    return time.busyShare() > BUSY_SHARE_MAX
        ? List.of("the load hardly ever had nothing to do" + ITSELF)
        : List.of();
  }
}
