package io.linecast.server.web;

import io.linecast.core.Gap;
import io.linecast.core.LineEncoder;
import io.linecast.core.LineEncoding;
import io.linecast.protocol.Decimal;
import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How WebSockets hear lines: each is one message, without its line feed; text if it is UTF-8, else
 * binary.
 */
public enum FrameEncoding implements LineEncoding {
  /** A line as it is. */
  PLAIN(""),

  /** As subprotocol {@code linecast.v1} has it: {@code LINE <seq> <text>}. */
  NUMBERED("LINE ");

  private final String verb;

  FrameEncoding(String verb) {
    this.verb = verb;
  }

  @Override
  public boolean tellsGaps() {
    return this == NUMBERED;
  }

  @Override
  public long encodedBytes(long bytes, int lineCount, long lastLine) {
    return bytes + (long) lineCount * (WebSocketFrames.HEADER_MAX_BYTES + prefixBytes(lastLine));
  }

  @Override
  public LineEncoder newEncoder(int largestRunBytes) {
    return new Encoder(largestRunBytes);
  }

  @Override
  public ByteBuffer encodedVoid(long first, long last) {
    if (!tellsGaps()) {
      return LineEncoding.super.encodedVoid(first, last);
    }
    String gap = new Gap(first, last, GapReason.VOID).toString();
    ByteBuffer frame = ByteBuffer.allocate(WebSocketFrames.HEADER_MAX_BYTES + gap.length());
    WebSocketFrames.putHeader(frame, WebSocketFrames.TEXT, gap.length());
    return frame.put(gap.getBytes(StandardCharsets.US_ASCII)).flip();
  }

  @Override
  public int endOfLine(ByteBuffer bytes, int start, int at) {
    int end = start;
    while (end <= at) {
      end = WebSocketFrames.endOf(bytes, end);
    }
    return end;
  }

  @Override
  public int countLines(ByteBuffer bytes, int from, int to) {
    int lines = 0;
    int end = from;
    while (end < to) {
      end = WebSocketFrames.endOf(bytes, end);
      lines += end <= to ? 1 : 0;
    }
    return lines;
  }

  private int prefixBytes(long line) {
    return verb.isEmpty() ? 0 : verb.length() + Decimal.digits(line) + 1;
  }

  /** Used by one thread at a time. */
  private final class Encoder extends RunEncoder {

    private final byte[] beginning = verb.getBytes(StandardCharsets.US_ASCII);
    private final Utf8 utf8 = new Utf8();
    private final byte[] digits = new byte[Decimal.MAX_DIGITS];

    Encoder(int largestRunBytes) {
      super(largestRunBytes);
    }

    @Override
    int encodedBytes(ByteBuffer run, int start, int end, long line) {
      int payload = prefixBytes(line) + end - start;
      return WebSocketFrames.headerBytes(payload) + payload;
    }

    @Override
    void put(ByteBuffer run, int start, int end, long line, ByteBuffer to) {
      boolean text = utf8.isText(run, start, end);
      int opcode = text ? WebSocketFrames.TEXT : WebSocketFrames.BINARY;
      WebSocketFrames.putHeader(to, opcode, prefixBytes(line) + end - start);
      if (beginning.length > 0) {
        int length = Decimal.write(digits, 0, line);
        to.put(beginning).put(digits, 0, length).put((byte) ' ');
      }
      copy(run, start, end, to);
    }
  }
}
