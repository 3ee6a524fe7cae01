package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * One client's lines that have been read and wait until senders may go on, in their order. It is
 * read no further meanwhile, so they are those of one read at most. Owned by the connection's loop.
 */
final class KeptLines {

  /** Lines, or the beginning of one that is too long: of these there are none. */
  private record Kept(ByteBuffer bytes, int lineCount) {}

  private final ArrayDeque<Kept> lines = new ArrayDeque<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** How much is kept. */
  long bytes() {
    return lines.stream().mapToLong(line -> line.bytes().capacity()).sum();
  }

  /** Keeps lines that came before all that are kept. */
  void addFirst(ByteBuffer run, int lineCount) {
    lines.addFirst(new Kept(copyOf(run), lineCount));
  }

  void add(ByteBuffer run, int lineCount) {
    lines.add(new Kept(copyOf(run), lineCount));
  }

  void addTooLong(ByteBuffer beginning) {
    lines.add(new Kept(copyOf(beginning), 0));
  }

  /**
   * Hands on those that came first, as many as the channel lets in at once by now: somebody may
   * have come meanwhile for whom they grow. The consumer may have some of them kept again.
   */
  void handOn(LineConsumer consumer, LineChannel channel) {
    Kept first = lines.remove();
    ByteBuffer bytes = first.bytes();
    if (first.lineCount() == 0) {
      consumer.onTooLong(bytes);
      return;
    }
    int length = channel.portionOf(bytes, false);
    int lineCount = first.lineCount();
    if (length < bytes.remaining()) {
      lineCount = LineFeeds.count(bytes, 0, length);
      ByteBuffer rest = bytes.slice(length, bytes.limit() - length).order(ByteOrder.LITTLE_ENDIAN);
      lines.addFirst(new Kept(rest, first.lineCount() - lineCount));
    }
    consumer.onLines(bytes.limit(length), lineCount);
  }

  /** What is handed on is valid during the call only. */
  private static ByteBuffer copyOf(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining())
        .put(bytes.duplicate())
        .flip()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
