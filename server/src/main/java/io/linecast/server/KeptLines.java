package io.linecast.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * One client's lines that have been read and wait until senders may go on, in their order. It is
 * read no further meanwhile, so they are those of one read at most. Owned by the connection's loop.
 */
final class KeptLines {

  private final ArrayDeque<Consumer<LineConsumer>> lines = new ArrayDeque<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Keeps lines that came before all that are kept. */
  void addFirst(ByteBuffer run, int lineCount) {
    lines.addFirst(onLines(run, lineCount));
  }

  void add(ByteBuffer run, int lineCount) {
    lines.add(onLines(run, lineCount));
  }

  void addTooLong(ByteBuffer beginning) {
    ByteBuffer copy = copyOf(beginning);
    lines.add(consumer -> consumer.onTooLong(copy));
  }

  /** Hands on those that came first; the consumer may have some of them kept again. */
  void handOn(LineConsumer consumer) {
    lines.remove().accept(consumer);
  }

  private static Consumer<LineConsumer> onLines(ByteBuffer run, int lineCount) {
    ByteBuffer copy = copyOf(run);
    return consumer -> consumer.onLines(copy, lineCount);
  }

  /** What is handed on is valid during the call only. */
  private static ByteBuffer copyOf(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining())
        .put(bytes.duplicate())
        .flip()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
