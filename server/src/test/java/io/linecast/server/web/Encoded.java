package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.core.LineEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Lines as an encoding writes them, a byte a character. */
record Encoded(LineEncoding encoding, List<String> runs, List<String> places) {

  private static final int LONGEST_LINE_BYTES = 100_000;

  static Encoded of(LineEncoding encoding, String lines, long firstLine) {
    return of(encoding, lines, firstLine, LONGEST_LINE_BYTES);
  }

  /** Encodes with no more room than the longest line needs. */
  static Encoded of(LineEncoding encoding, String lines, long firstLine, int longestLineBytes) {
    Encoded encoded = new Encoded(encoding, new ArrayList<>(), new ArrayList<>());
    int room = (int) encoding.encodedBytes(longestLineBytes, 1, Long.MAX_VALUE);
    int count = (int) lines.chars().filter(c -> c == '\n').count();
    encoding
        .newEncoder(room)
        .encode(
            bytes(lines),
            count,
            firstLine,
            (run, lineCount, first) -> {
              byte[] copy = new byte[run.remaining()];
              run.get(run.position(), copy);
              encoded.runs.add(new String(copy, ISO_8859_1));
              encoded.places.add(lineCount + " from " + first);
            });
    return encoded;
  }

  static ByteBuffer bytes(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    return direct.put(bytes).flip();
  }

  String text() {
    return String.join("", runs);
  }

  /** Where each line ends, as the encoding finds it from the beginning. */
  List<Integer> ends() {
    ByteBuffer bytes = bytes(text());
    List<Integer> ends = new ArrayList<>();
    for (int at = 0; at < bytes.limit(); at = ends.getLast()) {
      ends.add(encoding.endOfLine(bytes, at, at));
    }
    return ends;
  }
}
