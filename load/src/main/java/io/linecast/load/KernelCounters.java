package io.linecast.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel of this machine counts of packets that went astray, over all processes.
 *
 * @param retransmittedSegments TCP segments sent again
 * @param backlogDrops packets dropped because a core's input queue was full ({@code
 *     net.core.netdev_max_backlog})
 */
record KernelCounters(long retransmittedSegments, long backlogDrops) {
  private static final Path SNMP = Path.of("/proc/net/snmp");
  private static final Path SOFTNET = Path.of("/proc/net/softnet_stat");
  private static final int SOFTNET_DROPPED = 1;
  private static final int HEX = 16;

  static KernelCounters read() {
    try {
      return new KernelCounters(
          retransmitted(Files.readAllLines(SNMP)), drops(Files.readAllLines(SOFTNET)));
    } catch (IOException e) {
      throw new LoadFailure("the kernel's counters cannot be read: " + e.getMessage());
    }
  }

  KernelCounters since(KernelCounters earlier) {
    return new KernelCounters(
        retransmittedSegments - earlier.retransmittedSegments, backlogDrops - earlier.backlogDrops);
  }

  /** A protocol has two lines, its counters' names and their values. */
  static long retransmitted(List<String> snmp) {
    List<String> tcp = snmp.stream().filter(line -> line.startsWith("Tcp:")).toList();
    List<String> names = List.of(tcp.getFirst().split(" ", -1));
    return Long.parseLong(tcp.getLast().split(" ", -1)[names.indexOf("RetransSegs")]);
  }

  /** One line for each core, hexadecimal. */
  static long drops(List<String> softnet) {
    return softnet.stream()
        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[SOFTNET_DROPPED], HEX))
        .sum();
  }
}
