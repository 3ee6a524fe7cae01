package io.linecast.protocol;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link LineScanner} finds the lines that a simple reading of the whole stream finds, however
 * the stream is cut, and holds no more of one than the limit.
 */
public final class LinesProperty implements Property {

  private static final int[] LIMITS = {1, 2, 9, 64, 200};

  /** No line has a second line feed. */
  private static final String TOO_LONG = "too long\n: ";

  @Override
  public void check(byte[] input) {
    for (int limit : LIMITS) {
      List<String> expected = read(input, limit);
      for (Cuts cuts : Cuts.values()) {
        List<String> found = new Scan(limit).of(cuts.of(input));
        Property.require(
            areSame(found, expected, limit),
            () -> "limit " + limit + ", cuts " + cuts + ": " + found + ", not " + expected);
      }
    }
  }

  /** Of a line that is too long, as much is shown as had come when it was. */
  private static boolean areSame(List<String> found, List<String> expected, int limit) {
    if (found.size() != expected.size()) {
      return false;
    }
    int least = TOO_LONG.length() + Math.min(limit, LineScanner.BEGINNING_BYTES);
    for (int i = 0; i < found.size(); i++) {
      String line = found.get(i);
      boolean tooLong = line.startsWith(TOO_LONG) && line.length() >= least;
      if (tooLong ? !expected.get(i).startsWith(line) : !expected.get(i).equals(line)) {
        return false;
      }
    }
    return true;
  }

  /** Reads a stream that is there as a whole. */
  private static List<String> read(byte[] stream, int limit) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < stream.length; ) {
      int end = start;
      while (end < stream.length && stream[end] != '\n') {
        end++;
      }
      boolean fits = end - start + 1 <= limit;
      int shown = Math.min(Math.min(end + 1, stream.length), start + LineScanner.BEGINNING_BYTES);
      lines.add(fits ? text(stream, start, end) + "\n" : TOO_LONG + text(stream, start, shown));
      start = end + 1;
    }
    return lines;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.ISO_8859_1);
  }

  /** What a scanner hands on. */
  private static final class Scan implements LineScanner.Receiver {

    private final int limit;
    private final LineScanner scanner;
    private final List<String> lines = new ArrayList<>();

    Scan(int limit) {
      this.limit = limit;
      this.scanner = new LineScanner(limit);
    }

    List<String> of(List<byte[]> reads) {
      for (byte[] read : reads) {
        scanner.scan(Cuts.within(read, lines.size() % Long.BYTES), this);
        Property.require(
            scanner.heldBytes() <= limit, () -> scanner.heldBytes() + " bytes are held");
      }
      scanner.end(this);
      Property.require(scanner.heldBytes() == 0, () -> "something is held behind the end");
      return lines;
    }

    @Override
    public void onLines(ByteBuffer run, int lineCount) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int before = lines.size();
      while (run.hasRemaining()) {
        byte next = run.get();
        line.write(next);
        if (next == '\n') {
          lines.add(line.toString(StandardCharsets.ISO_8859_1));
          line.reset();
        }
      }
      int count = lines.size() - before;
      Property.require(count == lineCount, () -> count + " lines are called " + lineCount);
      Property.require(line.size() == 0, () -> "a run ends within a line");
    }

    @Override
    public void onTooLong(ByteBuffer beginning) {
      lines.add(TOO_LONG + StandardCharsets.ISO_8859_1.decode(beginning));
    }
  }
}
