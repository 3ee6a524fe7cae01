package io.linecast.load;

/**
 * How far a share had come at a moment; the measured interval lies between two of these.
 *
 * @param receivedLines by all connections that listen together
 * @param witnessedLines lines the server was seen to have accepted: as many as the client that is
 *     furthest has heard
 */
record LoadMark(
    long nanos,
    long sentLines,
    long receivedBytes,
    long receivedLines,
    long witnessedLines,
    long ownCpuNanos) {

  LoadMark since(LoadMark earlier) {
    return new LoadMark(
        nanos - earlier.nanos,
        sentLines - earlier.sentLines,
        receivedBytes - earlier.receivedBytes,
        receivedLines - earlier.receivedLines,
        witnessedLines - earlier.witnessedLines,
        ownCpuNanos - earlier.ownCpuNanos);
  }

  /** Of two shares, over the same time. */
  LoadMark plus(LoadMark other) {
    return new LoadMark(
        Math.max(nanos, other.nanos),
        sentLines + other.sentLines,
        receivedBytes + other.receivedBytes,
        receivedLines + other.receivedLines,
        Math.max(witnessedLines, other.witnessedLines),
        ownCpuNanos + other.ownCpuNanos);
  }
}
