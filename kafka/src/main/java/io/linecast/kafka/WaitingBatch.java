package io.linecast.kafka;

import io.linecast.core.Batch;
import io.linecast.core.Numbering;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A batch that has not been handed back. Its own buffer is not valid any more; its bytes are here.
 */
final class WaitingBatch {

  private final KafkaJournal journal;
  private final Batch batch;
  private final byte[] bytes;
  private final long firstSequence;

  /**
   * How many of its lines the brokers have acknowledged, and how many have come back or failed.
   * Volatile: written by one thread each (the producer's, the hearing one), read by the sending
   * one.
   */
  private volatile int acknowledged;

  private volatile int returned;

  /**
   * Where the last acknowledged line is. Written and read as {@link #acknowledged} is, before it.
   */
  private long lastOffset = -1;

  /** How many bytes the lines that have come back have. The hearing thread only. */
  private int returnedBytes;

  /**
   * Its lines will not be sent again. Written under the lock of the {@link Outstanding} it is in;
   * volatile because the sending and the hearing thread ask without it.
   */
  private volatile boolean givenUp;

  WaitingBatch(KafkaJournal journal, Batch batch, long firstSequence) {
    this.journal = journal;
    this.batch = batch;
    this.firstSequence = firstSequence;
    this.bytes = new byte[batch.run().remaining()];
    batch.run().get(batch.run().position(), bytes);
  }

  KafkaJournal journal() {
    return journal;
  }

  byte[] bytes() {
    return bytes;
  }

  int lines() {
    return batch.lineCount();
  }

  long firstSequence() {
    return firstSequence;
  }

  /** Behind that of its last line. */
  long endSequence() {
    return firstSequence + batch.lineCount();
  }

  String source() {
    return batch.source();
  }

  @Nullable Numbering numbering() {
    return batch.numbering();
  }

  boolean isAnswered() {
    return batch.isAnswered();
  }

  boolean isGivenUp() {
    return givenUp;
  }

  void giveUp() {
    givenUp = true;
  }

  /** How many of its first lines are known to be written. */
  int written() {
    return Math.max(acknowledged, returned);
  }

  boolean isWritten() {
    return written() == lines();
  }

  /**
   * All up to this line are on the in-sync replicas.
   *
   * @param offset where the line is; -1 if the brokers did not say
   */
  void onAcknowledged(int line, long offset) {
    lastOffset = offset;
    acknowledged = line + 1;
  }

  /** Whether all of it is known to be written, and to be before an offset. */
  boolean isWrittenBefore(long offset) {
    return acknowledged == lines() && lastOffset >= 0 && lastOffset < offset;
  }

  /** How many of its first lines the brokers have acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  int returned() {
    return returned;
  }

  boolean isDone() {
    return returned == lines();
  }

  /** The next lines, so many of them, which come back or fail now. The hearing thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  Batch next(int count) {
    int end = returnedBytes;
    for (int i = 0; i < count; i++) {
      end = endOfLine(end);
    }
    ByteBuffer run =
        ByteBuffer.wrap(bytes, returnedBytes, end - returnedBytes)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    Batch part = batch.part(returned, count, run);
    returnedBytes = end;
    returned += count;
    return part;
  }

  /** Where the line ends that begins at a place: behind its line feed. */
  int endOfLine(int begin) {
    int at = begin;
    while (bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }
}
