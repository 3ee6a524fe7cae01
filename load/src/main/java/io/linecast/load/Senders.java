package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends what the schedule says is due from this share's senders, which are the fleet's first
 * connections. Used by one thread, but for {@link #sentBytes}.
 *
 * <p>A sender's queue is two numbers: what is due and what the kernel has taken. A line follows
 * from its place in the schedule, so it is written down only when it is sent, and again if only a
 * part of it went out; it always bears the time it was due.
 */
final class Senders implements AutoCloseable {
  private static final int SEND_MAX_BYTES = 128 << 10;

  /** Of a run's lines, where they have numbers of their sender's: higher than any probe's. */
  private static final int FIRST_NUMBER = 1_000;

  private final Fleet fleet;
  private final Schedule schedule;
  private final LineFormat format;
  private final Frame frame;
  private final Latency lateness;
  private final int firstSender;
  private final long[] sentBytes;
  private final boolean[] blocked;
  private final int frameBytes;
  private final int linesPerSend;
  private final byte[] lines;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final AtomicLong totalSentBytes = new AtomicLong();
  private long dueLines;
  private long blockedSends;

  /**
   * @param lateness records how late each line is first offered to the kernel: by the generator's
   *     fault, not the server's
   */
  Senders(Fleet fleet, Share share, Latency lateness) {
    this.fleet = fleet;
    this.schedule = share.schedule();
    this.format = share.lineFormat();
    this.frame = share.dialect().leaving(share.lineBytes());
    this.lateness = lateness;
    this.firstSender = share.firstSender();
    this.sentBytes = new long[share.senders()];
    this.blocked = new boolean[share.senders()];
    this.frameBytes = frame.sizeBytes(share.lineBytes());
    this.linesPerSend = Math.max(1, SEND_MAX_BYTES / frameBytes);
    this.lines = new byte[linesPerSend * frameBytes];
    this.memory = arena.allocate(lines.length);
  }

  /** Sends all that has become due; says whether anything had. */
  boolean sendDue(long nowNanos) {
    long before = dueLines;
    dueLines = schedule.linesDueAt(nowNanos);
    int due = 0;
    for (long line = before; line < dueLines; line++) {
      if (isOurs(line)) {
        lateness.record(schedule.dueNanos(line), nowNanos);
        due++;
      }
    }
    long visits = due == 0 ? 0 : Math.min(dueLines - before, schedule.senders());
    for (long line = before; line < before + visits; line++) {
      int sender = schedule.senderOf(line) - firstSender;
      if (isOurs(line) && !blocked[sender]) {
        send(sender);
      }
    }
    return due > 0;
  }

  /** When the next line is due that has not been; the end of time if there is none. */
  long nextDueNanos() {
    long line = dueLines;
    while (line < schedule.totalLines() && !isOurs(line)) {
      line++;
    }
    return line < schedule.totalLines() ? schedule.dueNanos(line) : Long.MAX_VALUE;
  }

  private boolean isOurs(long line) {
    int sender = schedule.senderOf(line) - firstSender;
    return sender >= 0 && sender < sentBytes.length;
  }

  /** To be called when a connection's socket has room again. */
  void onWritable(int connection) {
    if (connection < blocked.length && blocked[connection]) {
      send(connection);
    }
  }

  /** Tries again what found no room. */
  void retryBlocked() {
    for (int sender = 0; sender < blocked.length; sender++) {
      onWritable(sender);
    }
  }

  /** Whether the kernel has taken nothing but whole lines of a sender. */
  boolean isBetweenLines(int sender) {
    return sentBytes[sender] % frameBytes == 0;
  }

  /** Whether the kernel has taken all lines of this share's senders. */
  boolean isDone() {
    return totalSentBytes.get() == scheduledLines() * frameBytes;
  }

  /** Whole lines, about: the kernel may have taken a part of some. From any thread. */
  long totalSentLines() {
    return totalSentBytes.get() / frameBytes;
  }

  /**
   * How many whole lines the kernel has taken from each of this share's senders; about, while a
   * thread of their own sends.
   */
  long[] sentLines() {
    long[] sent = new long[sentBytes.length];
    for (int sender = 0; sender < sent.length; sender++) {
      sent[sender] = sentBytes[sender] / frameBytes;
    }
    return sent;
  }

  /** How often a socket had no room: the server did not read fast enough. */
  long blockedSends() {
    return blockedSends;
  }

  @Override
  public void close() {
    arena.close();
  }

  private long scheduledLines() {
    long lines = 0;
    for (int sender = 0; sender < sentBytes.length; sender++) {
      lines += schedule.linesOf(firstSender + sender, schedule.totalLines());
    }
    return lines;
  }

  private void send(int sender) {
    long dueBytes = schedule.linesOf(firstSender + sender, dueLines) * frameBytes;
    blocked[sender] = false;
    while (sentBytes[sender] < dueBytes && fleet.isOpen(sender)) {
      long first = sentBytes[sender] / frameBytes;
      long skippedBytes = sentBytes[sender] % frameBytes;
      int count = (int) Math.min(dueBytes / frameBytes - first, linesPerSend);
      encode(sender, first, count);
      long wanted = (long) count * frameBytes - skippedBytes;
      long taken = fleet.send(sender, memory.address() + skippedBytes, wanted);
      sentBytes[sender] += taken;
      totalSentBytes.lazySet(totalSentBytes.get() + taken);
      if (taken == 0) { // only after this is an event sure to come
        blocked[sender] = true;
        blockedSends++;
        return;
      }
    }
  }

  private void encode(int sender, long firstSequence, int count) {
    int number = firstSender + sender;
    for (int i = 0; i < count; i++) {
      long sequence = firstSequence + i;
      long dueNanos = schedule.dueNanos(schedule.lineOf(number, sequence));
      int line = frame.putAround(lines, i * frameBytes, format.lineBytes());
      frame.putNumber(lines, i * frameBytes, FIRST_NUMBER + sequence);
      format.encode(lines, line, dueNanos, number, sequence);
    }
    MemorySegment.copy(lines, 0, memory, JAVA_BYTE, 0, count * frameBytes);
  }
}
