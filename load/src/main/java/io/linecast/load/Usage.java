package io.linecast.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What some time took of this process, the server and the kernel.
 *
 * @param serverResidentBytes at the end; 0 if the server is not of this machine
 */
record Usage(
    long nanos,
    long ownCpuNanos,
    long serverCpuNanos,
    long serverResidentBytes,
    KernelCounters kernel) {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double PERCENT = 100;

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(cpu("load_cpu_percent", "load: CPU", ownCpuNanos));
    if (serverResidentBytes > 0) {
      figures.add(cpu("server_cpu_percent", "server: CPU", serverCpuNanos));
      double megabytes = serverResidentBytes / BYTES_PER_MEGABYTE;
      figures.add(new Figure("server_resident_megabytes", "  memory", megabytes, 1, "MB"));
    }
    figures.add(
        Figure.count(
            "kernel_retransmitted_segments",
            "kernel: segments sent again",
            kernel.retransmittedSegments()));
    figures.add(Figure.count("kernel_backlog_drops", "  packets dropped", kernel.backlogDrops()));
    return figures;
  }

  private Figure cpu(String key, String label, long cpuNanos) {
    return new Figure(key, label, PERCENT * cpuNanos / nanos, 1, "% of a core");
  }
}
