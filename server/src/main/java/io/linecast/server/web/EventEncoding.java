package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linecast.core.Gap;
import io.linecast.core.LineEncoder;
import io.linecast.core.LineEncoding;
import io.linecast.protocol.Decimal;
import io.linecast.protocol.GapReason;
import java.nio.ByteBuffer;

/**
 * How server-sent events have lines: each is one event, and one chunk of the response. Its {@code
 * id} is the numbering's name and the line's number; its {@code data} the line. A carriage return
 * within a line begins a new {@code data} field, because it would end the one that it stands in.
 *
 * @param epoch the numbering's name
 */
public record EventEncoding(String epoch) implements LineEncoding {

  private static final byte[] ID = "id: ".getBytes(US_ASCII);
  private static final byte[] DATA = "\ndata: ".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);
  private static final byte[] CHUNK_END = "\r\n".getBytes(US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final int BITS_OF_HEX = 4;
  private static final int SIZE_MAX_DIGITS = Integer.SIZE / BITS_OF_HEX;

  @Override
  public String name() {
    return "EVENTS";
  }

  @Override
  public boolean tellsGaps() {
    return true;
  }

  /** At the worst all bytes are carriage returns. */
  @Override
  public long encodedBytes(long bytes, int lineCount, long lastLine) {
    int chunk = SIZE_MAX_DIGITS + 2 * CHUNK_END.length;
    return bytes * DATA.length + (long) lineCount * (chunk + aroundText(lastLine));
  }

  private int aroundText(long line) {
    return ID.length + epoch.length() + 1 + Decimal.digits(line) + DATA.length + END.length;
  }

  @Override
  public LineEncoder newEncoder(int largestRunBytes) {
    return new Encoder(largestRunBytes);
  }

  @Override
  public ByteBuffer encodedVoid(long first, long last) {
    Gap gap = new Gap(first, last, GapReason.VOID);
    return ByteBuffer.wrap(new Events(epoch).gap(gap, last).getBytes(US_ASCII));
  }

  @Override
  public int endOfLine(ByteBuffer bytes, int start, int at) {
    int end = start;
    while (end <= at) {
      end = endOfChunk(bytes, end);
    }
    return end;
  }

  /** What says that numbers are void is none. */
  @Override
  public int countLines(ByteBuffer bytes, int from, int to) {
    int lines = 0;
    int end = from;
    while (end < to) {
      int start = end;
      end = endOfChunk(bytes, start);
      lines += end <= to && bytes.get(endOfSize(bytes, start) + CHUNK_END.length) == ID[0] ? 1 : 0;
    }
    return lines;
  }

  private static int endOfChunk(ByteBuffer bytes, int start) {
    int size = 0;
    int at = start;
    for (byte next = bytes.get(at); next != '\r'; next = bytes.get(++at)) {
      size = (size << BITS_OF_HEX) + (next <= '9' ? next - '0' : next - 'a' + 10);
    }
    return at + CHUNK_END.length + size + CHUNK_END.length;
  }

  private static int endOfSize(ByteBuffer bytes, int start) {
    int at = start;
    while (bytes.get(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int hexDigits(int size) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(size) + BITS_OF_HEX - 1) / BITS_OF_HEX;
  }

  /** Used by one thread at a time. */
  private final class Encoder extends RunEncoder {

    private final byte[] name = epoch.getBytes(US_ASCII);
    private final byte[] digits = new byte[Decimal.MAX_DIGITS];

    /** Of the line at hand: how many bytes its event has. */
    private int size;

    Encoder(int largestRunBytes) {
      super(largestRunBytes);
    }

    @Override
    int encodedBytes(ByteBuffer run, int start, int end, long line) {
      int returns = 0;
      for (int i = start; i < end; i++) {
        returns += run.get(i) == '\r' ? 1 : 0;
      }
      size = aroundText(line) + end - start + returns * (DATA.length - 1);
      return hexDigits(size) + CHUNK_END.length + size + CHUNK_END.length;
    }

    @Override
    void put(ByteBuffer run, int start, int end, long line, ByteBuffer to) {
      for (int shift = (hexDigits(size) - 1) * BITS_OF_HEX; shift >= 0; shift -= BITS_OF_HEX) {
        to.put(HEX[(size >> shift) & 0xF]);
      }
      int length = Decimal.write(digits, 0, line);
      to.put(CHUNK_END).put(ID).put(name).put((byte) '-').put(digits, 0, length).put(DATA);
      putText(run, start, end, to);
      to.put(END).put(CHUNK_END);
    }

    private void putText(ByteBuffer run, int start, int end, ByteBuffer to) {
      int from = start;
      for (int i = start; i < end; i++) {
        if (run.get(i) == '\r') {
          copy(run, from, i, to);
          to.put(DATA);
          from = i + 1;
        }
      }
      copy(run, from, end, to);
    }
  }
}
