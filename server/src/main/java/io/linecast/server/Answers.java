package io.linecast.server;

import io.linecast.core.Receipt;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.linecast.protocol.Decimal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One client's {@code SENT}s and {@code FAIL}s, in the order of its {@code SEND}s: those that wait
 * until their line has come as far as the client has asked for, and those that can go out. Owned by
 * the connection's loop.
 */
final class Answers {

  private static final byte[] SENT = "SENT ".getBytes(StandardCharsets.US_ASCII);
  private static final int SENT_MAX_BYTES = SENT.length + 3 * (Decimal.MAX_DIGITS + 1);
  private static final int BUFFER_BYTES = 4 << 10;

  /** A line that waits. {@code line} is 0 where {@code failure} is what will be said. */
  private record Waiting(long number, long line, int others, String failure) {}

  private final ByteBufAllocator allocator;
  private final boolean immediate;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final byte[] scratch = new byte[SENT_MAX_BYTES];

  /** What can go out; null if nothing. */
  private @Nullable ByteBuf ready;

  Answers(ByteBufAllocator allocator, AckLevel level) {
    this.allocator = allocator;
    this.immediate = level.compareTo(AckLevel.STORED) <= 0;
  }

  /** Lines have been accepted, and with that stored. */
  void add(long[] numbers, int count, Receipt receipt) {
    for (int i = 0; i < count; i++) {
      add(numbers[i], receipt.firstLine() + i, receipt.others());
    }
  }

  /** A line was accepted, now or earlier. */
  void add(long number, long line, int others) {
    if (immediate) {
      putSent(number, line, others);
    } else {
      waiting.add(new Waiting(number, line, others, ""));
    }
  }

  /** A line was refused. */
  void fail(long number, Code code, String text) {
    String failure = "FAIL " + number + " " + code.word() + " " + text;
    if (waiting.isEmpty()) {
      put(failure);
    } else {
      waiting.add(new Waiting(number, 0, 0, failure));
    }
  }

  /** How many lines wait. */
  int waiting() {
    return waiting.size();
  }

  /** The line that the first of those that wait is about; there is one. */
  long firstLine() {
    return waiting.element().line();
  }

  /** Lines up to this one have come as far as was asked for. */
  void reached(long line) {
    while (!waiting.isEmpty() && waiting.peek().line() <= line) {
      Waiting next = waiting.remove();
      if (next.line() == 0) {
        put(next.failure());
      } else {
        putSent(next.number(), next.line(), next.others());
      }
    }
  }

  /** What can go out, for the caller to release; null if nothing can. */
  @Nullable ByteBuf take() {
    ByteBuf taken = ready;
    ready = null;
    return taken;
  }

  private void putSent(long number, long line, int others) {
    byte[] to = scratch;
    System.arraycopy(SENT, 0, to, 0, SENT.length);
    int at = Decimal.write(to, SENT.length, number);
    to[at++] = ' ';
    at = Decimal.write(to, at, line);
    to[at++] = ' ';
    at = Decimal.write(to, at, others);
    to[at++] = '\n';
    buffer().writeBytes(to, 0, at);
  }

  /** A line that waits for nothing. */
  void put(String line) {
    buffer().writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private ByteBuf buffer() {
    if (ready == null) {
      ready = allocator.directBuffer(BUFFER_BYTES);
    }
    return ready;
  }
}
