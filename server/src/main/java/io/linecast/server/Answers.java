package io.linecast.server;

import io.linecast.core.Receipt;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Decimal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client's {@code SENT}s and {@code FAIL}s, in the order of its {@code SEND}s: those that wait
 * until their line has come as far as the client has asked for, and those that can go out. Owned by
 * the connection's loop.
 */
final class Answers {

  private static final byte[] SENT = "SENT ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FAIL = "FAIL ".getBytes(StandardCharsets.US_ASCII);
  private static final int SENT_MAX_BYTES = SENT.length + 3 * (Decimal.MAX_DIGITS + 1);
  private static final int BUFFER_BYTES = 4 << 10;

  /** Where a line's number would be, of one that was refused: it waits for no line. */
  private static final long REFUSED = 0;

  /** Where a line's number would be, of one that the journal has not handed back. */
  private static final long UNSETTLED = Long.MAX_VALUE;

  /** Up to which lines those have come that the journal has handed back. */
  static final long ALL_SETTLED = UNSETTLED - 1;

  private final ByteBufAllocator allocator;
  private final HeldGrowth growth;
  private final boolean immediate;

  /** Its details are how many others hear the line, or a {@link Refusal}'s number. */
  private final AnswerQueue waiting;

  /** At least so many of the first that wait are settled. */
  private int settled;

  private final byte[] scratch = new byte[SENT_MAX_BYTES];

  /** What can go out; null if nothing. */
  private @Nullable ByteBuf ready;

  /**
   * None waits.
   *
   * @param growth told of what they take more
   */
  Answers(ByteBufAllocator allocator, AckLevel level, HeldGrowth growth) {
    this.allocator = allocator;
    this.growth = growth;
    this.waiting = new AnswerQueue(growth);
    this.immediate = level.compareTo(AckLevel.STORED) <= 0;
  }

  /** Lines have been accepted, and with that stored. */
  void add(long[] numbers, int count, Receipt receipt) {
    for (int i = 0; i < count; i++) {
      add(numbers[i], receipt.firstLine() + i, receipt.others());
    }
  }

  /** The journal has lines, and will say what becomes of them. */
  void addUnsettled(long[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      waiting.add(numbers[i], UNSETTLED, 0);
    }
  }

  /** It has said so of the next lines of those: they are accepted, or have failed. */
  void settle(int lines, Receipt receipt) {
    for (int i = 0; i < lines; i++) {
      while (waiting.line(settled) != UNSETTLED) {
        settled++;
      }
      if (receipt.isAccepted()) {
        waiting.set(settled, receipt.firstLine() + i, receipt.others());
      } else {
        Refusal refusal = receipt.isRepeated() ? Refusal.FORGOTTEN : Refusal.JOURNAL;
        waiting.set(settled, REFUSED, refusal.number());
      }
    }
  }

  /** A line was accepted, now or earlier. */
  void add(long number, long line, int others) {
    if (immediate && waiting.isEmpty()) {
      putSent(number, line, others);
    } else {
      waiting.add(number, line, others);
    }
  }

  /** A line was refused. */
  void fail(long number, Refusal refusal) {
    if (waiting.isEmpty()) {
      putFail(number, refusal);
    } else {
      waiting.add(number, REFUSED, refusal.number());
    }
  }

  /** What they take. */
  long heldBytes() {
    return waiting.heldBytes() + (ready == null ? 0 : ready.capacity());
  }

  /** How many wait. */
  int waiting() {
    return waiting.size();
  }

  /** The line that the first of those that wait is about; there is one. */
  long firstLine() {
    return waiting.line();
  }

  /**
   * Lets those go out whose lines have come as far as was asked for, and the refused ones between
   * them, until so much can go out.
   *
   * @param line up to which lines have come so far
   * @return whether there are more
   */
  boolean release(long line, int mostBytes) {
    while (!waiting.isEmpty() && waiting.line() <= line) {
      if (ready != null && ready.readableBytes() >= mostBytes) {
        return true;
      }
      if (waiting.line() == REFUSED) {
        putFail(waiting.number(), Refusal.of(waiting.detail()));
      } else {
        putSent(waiting.number(), waiting.line(), waiting.detail());
      }
      waiting.remove();
      settled = Math.max(0, settled - 1);
    }
    return false;
  }

  /** What can go out, for the caller to release; null if nothing can. */
  @Nullable ByteBuf take() {
    ByteBuf taken = ready;
    ready = null;
    return taken;
  }

  private void putSent(long number, long line, long others) {
    byte[] to = scratch;
    System.arraycopy(SENT, 0, to, 0, SENT.length);
    int at = Decimal.write(to, SENT.length, number);
    to[at++] = ' ';
    at = Decimal.write(to, at, line);
    to[at++] = ' ';
    at = Decimal.write(to, at, others);
    to[at++] = '\n';
    say(to, at);
  }

  private void putFail(long number, Refusal refusal) {
    System.arraycopy(FAIL, 0, scratch, 0, FAIL.length);
    int at = Decimal.write(scratch, FAIL.length, number);
    say(scratch, at);
    byte[] words = refusal.words().getBytes(StandardCharsets.US_ASCII);
    say(words, words.length);
  }

  /** A line that waits for nothing. */
  void put(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    say(bytes, bytes.length);
  }

  /**
   * Has it go out. A first buffer goes out at once, or behind what its client leaves unread, which
   * has been told of: only what is more than that is growth.
   */
  private void say(byte[] bytes, int length) {
    if (ready == null) {
      ready = allocator.directBuffer(BUFFER_BYTES);
    }
    int before = ready.capacity();
    ready.writeBytes(bytes, 0, length);
    growth.add(ready.capacity() - before);
  }
}
