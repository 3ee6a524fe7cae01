package io.linecast.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbered lines in which some bytes are followed by a filling: like events, whose carriage returns
 * grow, so that a line may become seven times as long or hardly longer. Any two are equal.
 */
public record StretchedEncoding() implements LineEncoding {

  /** How many times as long a line becomes at most. */
  public static final int FACTOR = 7;

  private static final byte FILLER = '~';

  @Override
  public String name() {
    return "STRETCHED";
  }

  @Override
  public boolean tellsGaps() {
    return true;
  }

  @Override
  public long encodedBytes(long bytes, int lineCount, long lastLine) {
    return FACTOR * BasicEncoding.NUMBERED.encodedBytes(bytes, lineCount, lastLine);
  }

  @Override
  public ByteBuffer encodedVoid(long first, long last) {
    ByteBuffer plain = BasicEncoding.NUMBERED.encodedVoid(first, last);
    return stretch(plain, ByteBuffer.allocate(FACTOR * plain.remaining()));
  }

  /** How many bytes of filling follow a byte; none follow a line feed. */
  public static int fillingBehind(byte b) {
    return (b & 3) == 1 ? FACTOR - 1 : 0;
  }

  @Override
  public LineEncoder newEncoder(int largestRunBytes) {
    ByteBuffer stretched = ByteBuffer.allocate(largestRunBytes).order(ByteOrder.LITTLE_ENDIAN);
    LineEncoder numbered = BasicEncoding.NUMBERED.newEncoder(largestRunBytes / FACTOR);
    return (run, lineCount, firstLine, target) ->
        numbered.encode(
            run,
            lineCount,
            firstLine,
            (part, lines, first) -> target.accept(stretch(part, stretched), lines, first));
  }

  private static ByteBuffer stretch(ByteBuffer part, ByteBuffer to) {
    to.clear();
    for (int i = part.position(); i < part.limit(); i++) {
      byte b = part.get(i);
      to.put(b);
      for (int filling = fillingBehind(b); filling > 0; filling--) {
        to.put(FILLER);
      }
    }
    return to.flip();
  }
}
