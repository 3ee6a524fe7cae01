package io.linecast.server;

import io.linecast.core.Receipt;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Decimal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client's {@code SENT}s and {@code FAIL}s, in the order of its {@code SEND}s: those that wait
 * until their line has come as far as the client has asked for, and those that can go out. Owned by
 * the connection's loop.
 */
final class Answers {

  private static final byte[] FAIL = "FAIL ".getBytes(StandardCharsets.US_ASCII);
  private static final int FAIL_MAX_BYTES = FAIL.length + Decimal.MAX_DIGITS;
  private static final int BUFFER_BYTES = 4 << 10;

  /** Up to which lines those have come that the journal has handed back. */
  static final long ALL_SETTLED = AnswerQueue.UNSETTLED - 1;

  private final ByteBufAllocator allocator;
  private final HeldGrowth growth;
  private final boolean immediate;

  /** Its details are how many others hear the line, or a {@link Refusal}'s number. */
  private final AnswerQueue waiting;

  /** What is on its way to be ready; empty between two calls. */
  private final SentText sent;

  /** What can go out; null if nothing. */
  private @Nullable ByteBuf ready;

  /**
   * None waits.
   *
   * @param growth told of what they take more
   * @param sent the loop's
   */
  Answers(ByteBufAllocator allocator, AckLevel level, HeldGrowth growth, SentText sent) {
    this.allocator = allocator;
    this.growth = growth;
    this.sent = sent;
    this.waiting = new AnswerQueue(growth);
    this.immediate = level.compareTo(AckLevel.STORED) <= 0;
  }

  /** Lines have been accepted, and with that stored. */
  void add(long[] numbers, int count, Receipt receipt) {
    for (int i = 0; i < count; i++) {
      addOne(numbers[i], receipt.firstLine() + i, receipt.others());
    }
    gather();
  }

  /** The journal has lines, and will say what becomes of them. */
  void addUnsettled(long[] numbers, int count) {
    waiting.beginRun();
    for (int i = 0; i < count; i++) {
      waiting.add(numbers[i], AnswerQueue.UNSETTLED, 0);
    }
  }

  /** It has said so of the next lines of those: they are accepted, or have failed. */
  void settle(int lines, Receipt receipt) {
    if (receipt.isAccepted()) {
      waiting.settle(lines, receipt.firstLine(), receipt.others());
    } else {
      Refusal refusal = receipt.isRepeated() ? Refusal.FORGOTTEN : Refusal.JOURNAL;
      waiting.settle(lines, AnswerQueue.REFUSED, refusal.number());
    }
  }

  /** A line was accepted, now or earlier. */
  void add(long number, long line, int others) {
    addOne(number, line, others);
    gather();
  }

  private void addOne(long number, long line, int others) {
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
      waiting.add(number, AnswerQueue.REFUSED, refusal.number());
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
      if (readyBytes() >= mostBytes) {
        gather();
        return true;
      }
      if (waiting.line() == AnswerQueue.REFUSED) {
        putFail(waiting.number(), Refusal.of(waiting.detail()));
      } else {
        putSent(waiting.number(), waiting.line(), waiting.detail());
      }
      waiting.remove();
    }
    gather();
    return false;
  }

  private int readyBytes() {
    return sent.length() + (ready == null ? 0 : ready.readableBytes());
  }

  /** What can go out, for the caller to release; null if nothing can. */
  @Nullable ByteBuf take() {
    ByteBuf taken = ready;
    ready = null;
    return taken;
  }

  private void putSent(long number, long line, long others) {
    if (sent.isFull()) {
      gather();
    }
    sent.add(number, line, others);
  }

  private void putFail(long number, Refusal refusal) {
    byte[] beginning = Arrays.copyOf(FAIL, FAIL_MAX_BYTES);
    say(beginning, Decimal.write(beginning, FAIL.length, number));
    byte[] words = refusal.words().getBytes(StandardCharsets.US_ASCII);
    say(words, words.length);
  }

  /** A line that waits for nothing. */
  void put(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    say(bytes, bytes.length);
  }

  private void say(byte[] bytes, int length) {
    gather();
    ByteBuf to = ready();
    int before = to.capacity();
    to.writeBytes(bytes, 0, length);
    growth.add(to.capacity() - before);
  }

  /** What has been said so far goes out before what is said next. */
  private void gather() {
    if (sent.length() > 0) {
      try {
        ByteBuf to = ready();
        int before = to.capacity();
        sent.moveTo(to);
        growth.add(to.capacity() - before);
      } finally {
        sent.clear(); // also where there was no memory: whoever is answered next is another client
      }
    }
  }

  /**
   * Where it goes to go out. A first buffer goes out at once, or behind what its client leaves
   * unread, which has been told of: only what is more than that is growth.
   */
  private ByteBuf ready() {
    if (ready == null) {
      ready = allocator.directBuffer(BUFFER_BYTES);
    }
    return ready;
  }
}
