package io.linecast.load;

import java.util.Optional;

/** How far a run had come at a moment; the measured interval lies between two of these. */
record LoadMark(
    long nanos, long sentLines, long receivedBytes, long ownCpuNanos, long serverCpuNanos) {

  static LoadMark take(long nanos, Senders senders, Fleet fleet, Optional<LocalProcess> server) {
    return new LoadMark(
        nanos,
        senders.totalSentLines(),
        fleet.totalReceivedBytes(),
        LocalProcess.current().cpuNanos(),
        server.map(LocalProcess::cpuNanos).orElse(0L));
  }

  LoadMark since(LoadMark earlier) {
    return new LoadMark(
        nanos - earlier.nanos,
        sentLines - earlier.sentLines,
        receivedBytes - earlier.receivedBytes,
        ownCpuNanos - earlier.ownCpuNanos,
        serverCpuNanos - earlier.serverCpuNanos);
  }
}
