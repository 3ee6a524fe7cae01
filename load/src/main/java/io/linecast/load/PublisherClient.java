package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * One connection that publishes acknowledged lines as fast as it may: as many as its window are on
 * their way, each {@code SENT} makes room for another. Used by one thread.
 */
final class PublisherClient {
  private static final int SEND_MAX_BYTES = 128 << 10;

  private final Fleet fleet;
  private final int connection;
  private final LineFormat format;
  private final Frame frame;
  private final int frameBytes;
  private final int window;
  private final AnswerCheck answers;
  private final SendTimes times;
  private final Latency latency;
  private final byte[] lines;
  private final MemorySegment memory;
  private long sentBytes;
  private boolean blocked;

  /**
   * @param window how many lines may be unanswered
   * @param memory of {@link #sendBytes}, which all of a thread may share
   * @param latency records how long after a line was sent its answer came
   */
  PublisherClient(
      Fleet fleet,
      int connection,
      LineFormat format,
      int window,
      MemorySegment memory,
      Latency latency) {
    this.fleet = fleet;
    this.connection = connection;
    this.format = format;
    this.frame = Dialect.ACK.leaving(format.lineBytes());
    this.frameBytes = frame.sizeBytes(format.lineBytes());
    this.window = window;
    this.answers = new AnswerCheck();
    this.times = new SendTimes(window);
    this.latency = latency;
    this.memory = memory;
    this.lines = new byte[(int) memory.byteSize()];
  }

  /** How much memory lines of so many bytes need to be sent from. */
  static int sendBytes(int lineBytes) {
    int frameBytes = Dialect.ACK.leaving(lineBytes).sizeBytes(lineBytes);
    return Math.max(1, SEND_MAX_BYTES / frameBytes) * frameBytes;
  }

  AnswerCheck answers() {
    return answers;
  }

  /** Lines that were sent, the last perhaps in part. */
  long sentLines() {
    return (sentBytes + frameBytes - 1) / frameBytes;
  }

  boolean isAnswered() {
    return sentBytes == answers.answered() * frameBytes;
  }

  boolean isBetweenLines() {
    return sentBytes % frameBytes == 0;
  }

  /** Takes what has come. */
  void accept(byte[] bytes, int count, long nowNanos) {
    long before = answers.answered();
    answers.accept(bytes, count);
    times.answered(before, answers.answered(), nowNanos, latency);
  }

  /**
   * Sends as many lines as the window has room for, and as are due.
   *
   * @param dueLines how many may have been sent in all
   */
  void send(long nowNanos, long dueLines) {
    if (!blocked) {
      sendUpTo(Math.min(answers.answered() + window, dueLines), nowNanos);
    }
  }

  /** Sends the rest of a line that was begun, and nothing else. */
  void complete(long nowNanos) {
    sendUpTo(sentLines(), nowNanos);
  }

  /** The socket has room again. */
  void onWritable() {
    blocked = false;
  }

  private void sendUpTo(long line, long nowNanos) {
    while (sentBytes < line * frameBytes && fleet.isOpen(connection)) {
      long first = sentBytes / frameBytes;
      long skippedBytes = sentBytes % frameBytes;
      int count = (int) Math.min(line - first, lines.length / frameBytes);
      encode(first, count);
      long wanted = (long) count * frameBytes - skippedBytes;
      long taken = fleet.send(connection, memory.address() + skippedBytes, wanted);
      sentBytes += taken;
      times.sent(sentLines(), nowNanos);
      if (taken == 0) { // only after this is an event sure to come
        blocked = true;
        return;
      }
    }
  }

  private void encode(long first, int count) {
    for (int i = 0; i < count; i++) {
      int offset = i * frameBytes;
      int line = frame.putAround(lines, offset, format.lineBytes());
      frame.putNumber(lines, offset, first + i + 1);
      format.encode(lines, line, 0, connection, first + i & LineFormat.SEQUENCE_MAX);
    }
    MemorySegment.copy(lines, 0, memory, JAVA_BYTE, 0, count * frameBytes);
  }
}
