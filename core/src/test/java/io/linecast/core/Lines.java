package io.linecast.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text as lines. */
final class Lines {

  private Lines() {}

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static int count(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  static Batch from(@Nullable Subscriber origin, String text) {
    return new Batch(origin, bytes(text), count(text));
  }

  static Batch fromNobody(String text) {
    return from(null, text);
  }

  /** The same line again and again, as lines {@code first} to {@code last} are heard. */
  static String numbered(String line, int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append("LINE ").append(i).append(' ').append(line);
    }
    return text.toString();
  }

  /** A line of so many bytes, its line feed included. */
  static String ofLength(int bytes) {
    return "x".repeat(bytes - 1) + "\n";
  }
}
