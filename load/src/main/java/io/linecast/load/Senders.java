package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends what the schedule says is due. The first connections of the fleet are the senders.
 *
 * <p>A sender's queue is two numbers: what is due and what the kernel has taken. A line follows
 * from its place in the schedule, so it is written down only when it is sent, and again if only a
 * part of it went out; it always bears the time it was due.
 */
final class Senders implements AutoCloseable {
  private static final int SEND_MAX_BYTES = 128 << 10;

  private final Fleet fleet;
  private final Schedule schedule;
  private final LineFormat format;
  private final Latency lateness;
  private final long[] sentBytes;
  private final boolean[] blocked;
  private final int linesPerSend;
  private final byte[] lines;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;
  private long dueLines;
  private long totalSentBytes;
  private long blockedSends;

  /**
   * @param lateness records how late each line is first offered to the kernel: by the generator's
   *     fault, not the server's
   */
  Senders(Fleet fleet, Schedule schedule, LineFormat format, Latency lateness) {
    this.fleet = fleet;
    this.schedule = schedule;
    this.format = format;
    this.lateness = lateness;
    this.sentBytes = new long[schedule.senders()];
    this.blocked = new boolean[schedule.senders()];
    this.linesPerSend = Math.max(1, SEND_MAX_BYTES / format.lineBytes());
    this.lines = new byte[linesPerSend * format.lineBytes()];
    this.memory = arena.allocate(lines.length);
  }

  /** Sends all that has become due; says whether anything had. */
  boolean sendDue(long nowNanos) {
    long before = dueLines;
    dueLines = schedule.linesDueAt(nowNanos);
    for (long line = before; line < dueLines; line++) {
      lateness.record(schedule.dueNanos(line), nowNanos);
    }
    long visits = Math.min(dueLines - before, schedule.senders());
    for (long line = before; line < before + visits; line++) {
      int sender = schedule.senderOf(line);
      if (!blocked[sender]) {
        send(sender);
      }
    }
    return visits > 0;
  }

  /** To be called when a connection's socket has room again. */
  void onWritable(int connection) {
    if (connection < blocked.length && blocked[connection]) {
      send(connection);
    }
  }

  /** Whether the kernel has taken all lines of the schedule. */
  boolean isDone() {
    return totalSentBytes == schedule.totalLines() * format.lineBytes();
  }

  /** How many whole lines the kernel has taken. */
  long totalSentLines() {
    long lines = 0;
    for (long bytes : sentBytes) {
      lines += bytes / format.lineBytes();
    }
    return lines;
  }

  /** How many whole lines the kernel has taken from a connection; 0 from one that only listens. */
  long sentLines(int connection) {
    return connection < sentBytes.length ? sentBytes[connection] / format.lineBytes() : 0;
  }

  /** How often a socket had no room: the server did not read fast enough. */
  long blockedSends() {
    return blockedSends;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void send(int sender) {
    int lineBytes = format.lineBytes();
    long dueBytes = schedule.linesOf(sender, dueLines) * lineBytes;
    blocked[sender] = false;
    while (sentBytes[sender] < dueBytes && fleet.isOpen(sender)) {
      long first = sentBytes[sender] / lineBytes;
      long skippedBytes = sentBytes[sender] % lineBytes;
      int count = (int) Math.min(dueBytes / lineBytes - first, linesPerSend);
      encode(sender, first, count);
      long wanted = (long) count * lineBytes - skippedBytes;
      long taken = fleet.send(sender, memory.address() + skippedBytes, wanted);
      sentBytes[sender] += taken;
      totalSentBytes += taken;
      if (taken == 0) { // only after this is an event sure to come
        blocked[sender] = true;
        blockedSends++;
        return;
      }
    }
  }

  private void encode(int sender, long firstSequence, int count) {
    int lineBytes = format.lineBytes();
    for (int i = 0; i < count; i++) {
      long sequence = firstSequence + i;
      long dueNanos = schedule.dueNanos(schedule.lineOf(sender, sequence));
      format.encode(lines, i * lineBytes, dueNanos, sender, sequence);
    }
    MemorySegment.copy(lines, 0, memory, JAVA_BYTE, 0, count * lineBytes);
  }
}
