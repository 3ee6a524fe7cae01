package io.linecast.server.web;

import io.linecast.core.BasicEncoding;
import io.linecast.core.LineEncoding;
import io.linecast.fuzz.Property;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whatever lines are encoded, a client that reads them finds the same lines and numbers; each
 * encoding finds where they end, and none takes more than it has said.
 */
public final class EncodingsProperty implements Property {

  private static final String EPOCH = "5f3a9c01";
  private static final int LONGEST_LINE_BYTES = 600;
  private static final long[] FIRST_LINES = {1, 98, Integer.MAX_VALUE, Long.MAX_VALUE - 10_000};
  private static final Pattern NUMBERED = Pattern.compile("LINE (\\d+) (.*)", Pattern.DOTALL);
  private static final Pattern CHUNK = Pattern.compile("([0-9a-f]+)\r\n");
  private static final Pattern EVENT =
      Pattern.compile("id: " + EPOCH + "-(\\d+)\n((?:data: [^\n]*\n)+)\n");

  @Override
  public void check(byte[] input) {
    List<String> lines = lines(input);
    if (lines.isEmpty()) {
      return;
    }
    for (long first : FIRST_LINES) {
      List<String> numbered = new ArrayList<>();
      List<String> returns = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        numbered.add(first + i + " " + lines.get(i));
        // A carriage return ends a line for whoever reads events.
        returns.add(first + i + " " + lines.get(i).replace('\r', '\n'));
      }
      requireSame(numbered, read(split(encode(BasicEncoding.NUMBERED, lines, first)), first));
      requireSame(numbered, read(messages(encode(FrameEncoding.NUMBERED, lines, first)), first));
      requireSame(lines, messages(encode(FrameEncoding.PLAIN, lines, first)));
      requireSame(returns, events(encode(new EventEncoding(EPOCH), lines, first)));
    }
  }

  private static void requireSame(List<String> lines, List<String> found) {
    Property.require(lines.equals(found), () -> found + ", not " + lines);
  }

  /** None is longer than the longest. */
  private static List<String> lines(byte[] bytes) {
    return split(bytes).stream()
        .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE_BYTES - 1)))
        .toList();
  }

  /** Without their line feeds. */
  private static List<String> split(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String line : text.isEmpty() ? new String[0] : text.split("(?<=\n)")) {
      lines.add(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    }
    return lines;
  }

  private static byte[] encode(LineEncoding encoding, List<String> lines, long first) {
    byte[] all = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer run = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int room = (int) encoding.encodedBytes(LONGEST_LINE_BYTES, 1, Long.MAX_VALUE);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    long[] next = {first};
    encoding
        .newEncoder(room)
        .encode(
            run,
            lines.size(),
            first,
            (bytes, count, line) -> {
              Property.require(line == next[0], () -> line + " follows " + next[0]);
              next[0] += count;
              byte[] part = new byte[bytes.remaining()];
              bytes.get(bytes.position(), part);
              requireEnds(encoding, part, count);
              encoded.writeBytes(part);
            });
    Property.require(next[0] == first + lines.size(), () -> "it ends with " + next[0]);
    long most = encoding.encodedBytes(all.length, lines.size(), first + lines.size() - 1);
    Property.require(encoded.size() <= most, () -> encoded.size() + " bytes, more than " + most);
    return encoded.toByteArray();
  }

  /** From wherever in a line one looks, its end is found. */
  private static void requireEnds(LineEncoding encoding, byte[] part, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int start = 0; start < part.length; found++) {
      int end = encoding.endOfLine(bytes, start, start);
      int last = encoding.endOfLine(bytes, start, end - 1);
      Property.require(end == last, () -> "a line ends at " + end + " and at " + last);
      start = end;
    }
    int counted = encoding.countLines(bytes, 0, part.length);
    int walked = found;
    Property.require(
        walked == count && counted == count,
        () -> encoding + ": " + walked + " lines, or " + counted + ", of " + count);
  }

  private static List<String> read(List<String> lines, long first) {
    return lines.stream().map(line -> without(NUMBERED, line, first)).toList();
  }

  private static String without(Pattern pattern, String line, long first) {
    Matcher matcher = pattern.matcher(line);
    Property.require(matcher.matches(), () -> "from " + first + ", no line: " + line);
    return matcher.group(1) + " " + matcher.group(2);
  }

  private static List<String> messages(byte[] frames) {
    FrameReading reading = FrameReading.of(frames, false);
    Property.require(reading.isAtEnd() && !reading.isWrong(), () -> "these are no frames");
    return reading.messages().stream().map(FrameReading.Message::payload).toList();
  }

  private static List<String> events(byte[] chunks) {
    String bytes = new String(chunks, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>();
    Matcher chunk = CHUNK.matcher(bytes);
    for (int at = 0; at < bytes.length(); ) {
      int start = at;
      Property.require(chunk.find(at) && chunk.start() == at, () -> "no chunk at " + start);
      int end = chunk.end() + Integer.parseInt(chunk.group(1), 16);
      Matcher event = EVENT.matcher(bytes.substring(chunk.end(), end));
      Property.require(event.matches(), () -> "no event: " + bytes.substring(start, end));
      String data = event.group(2).substring("data: ".length()).replace("\ndata: ", "\n");
      lines.add(event.group(1) + " " + data.substring(0, data.length() - 1));
      at = end + 2;
    }
    return lines;
  }
}
