package io.linecast.load;

/**
 * How far a share had come at a moment; the measured interval lies between two of these.
 *
 * @param witnessedLines lines the server was seen to have taken: what one connection that hears all
 *     has received of others, with what it has sent itself
 */
record LoadMark(
    long nanos, long sentLines, long receivedBytes, long witnessedLines, long ownCpuNanos) {

  LoadMark since(LoadMark earlier) {
    return new LoadMark(
        nanos - earlier.nanos,
        sentLines - earlier.sentLines,
        receivedBytes - earlier.receivedBytes,
        witnessedLines - earlier.witnessedLines,
        ownCpuNanos - earlier.ownCpuNanos);
  }

  /** Of two shares, over the same time. */
  LoadMark plus(LoadMark other) {
    return new LoadMark(
        Math.max(nanos, other.nanos),
        sentLines + other.sentLines,
        receivedBytes + other.receivedBytes,
        Math.max(witnessedLines, other.witnessedLines),
        ownCpuNanos + other.ownCpuNanos);
  }
}
