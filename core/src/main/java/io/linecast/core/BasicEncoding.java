package io.linecast.core;

import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How lines are written on line ports: each ends in a line feed, and has no other. */
public enum BasicEncoding implements LineEncoding {
  /** As they are. */
  PLAIN {
    @Override
    public boolean tellsGaps() {
      return false;
    }

    @Override
    public long encodedBytes(long bytes, int lineCount, long lastLine) {
      return bytes;
    }

    @Override
    public LineEncoder newEncoder(int largestRunBytes) {
      return (run, lineCount, firstLine, target) -> target.accept(run, lineCount, firstLine);
    }
  },

  /** As acknowledged listeners hear them: {@code LINE <seq> <text>}. */
  NUMBERED {
    @Override
    public boolean tellsGaps() {
      return true;
    }

    @Override
    public long encodedBytes(long bytes, int lineCount, long lastLine) {
      return bytes + (long) lineCount * NumberedLines.prefixBytes(lastLine);
    }

    @Override
    public ByteBuffer encodedVoid(long first, long last) {
      String gap = new Gap(first, last, GapReason.VOID) + "\n";
      return ByteBuffer.wrap(gap.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public LineEncoder newEncoder(int largestRunBytes) {
      return new NumberedLines(largestRunBytes, largestRunBytes / PARTS_PER_RUN);
    }
  };

  private static final int PARTS_PER_RUN = 4;
}
