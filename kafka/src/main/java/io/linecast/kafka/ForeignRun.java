package io.linecast.kafka;

import io.linecast.core.Batch;
import io.linecast.core.Numbering;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Lines of one origin that were published elsewhere, gathered to be handed back together. The
 * hearing thread's.
 */
final class ForeignRun {

  /** What a foreign record's line is said to come from. */
  private static final String KAFKA = "kafka";

  private static final int MOST_LINES = 4_096;
  private static final int ROOM_BYTES = 128 << 10;

  private ByteBuffer run = ByteBuffer.allocate(ROOM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final long[] numbers = new long[MOST_LINES];
  private int lines;
  private String publisher = "";
  private String source = "";

  boolean isEmpty() {
    return lines == 0;
  }

  /** Whether a line is of the same origin, and there is room for it. Only if it is not empty. */
  boolean takes(LineRecord said, byte[] line) {
    return lines < MOST_LINES
        && run.remaining() > line.length
        && publisher.equals(said.publisher())
        && source.equals(sourceOf(said));
  }

  void add(LineRecord said, byte[] line) {
    if (lines == 0) {
      publisher = said.publisher();
      source = sourceOf(said);
      if (run.capacity() <= line.length) {
        run = ByteBuffer.allocate(line.length + 1).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    run.put(line).put((byte) '\n');
    numbers[lines++] = said.number();
  }

  private static String sourceOf(LineRecord said) {
    return said.isOurs() ? said.origin() : KAFKA;
  }

  /** All of them; it is empty then, and their bytes are valid until the next is added. */
  Batch take() {
    ByteBuffer bytes = run.flip().slice().order(ByteOrder.LITTLE_ENDIAN);
    run.clear();
    int count = lines;
    lines = 0;
    Numbering numbering =
        publisher.isEmpty()
            ? null
            : Numbering.ofElsewhere(publisher, Arrays.copyOf(numbers, count));
    return Batch.ofElsewhere(bytes, count, numbering, source);
  }
}
