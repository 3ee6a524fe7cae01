package io.linecast.kafka;

import io.linecast.core.Batch;
import io.linecast.core.Numbering;
import io.linecast.core.Settlement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/** Makes batches. */
final class Batches {

  private Batches() {}

  /** Lines that nobody wants to know of; they end with a line feed each. */
  static Batch plain(String lines) {
    return new Batch(null, bytes(lines), count(lines), null, "plain", Settlement.NONE);
  }

  /** Lines whose sender is told. */
  static Batch answered(String source, String lines) {
    return new Batch(null, bytes(lines), count(lines), null, source, (_, _) -> {});
  }

  /** As above, with a publisher's numbers. */
  static Batch numbered(String publisher, String lines, long... numbers) {
    return new Batch(
        null,
        bytes(lines),
        count(lines),
        Numbering.ofElsewhere(publisher, numbers),
        publisher,
        (_, _) -> {});
  }

  static long[] numbers(long from, int count) {
    return LongStream.range(from, from + count).toArray();
  }

  /** So many lines of one letter. */
  static String lines(int count) {
    return "x\n".repeat(count);
  }

  private static ByteBuffer bytes(String lines) {
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int count(String lines) {
    return (int) lines.chars().filter(c -> c == '\n').count();
  }
}
