package io.linecast.load;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A stream that a test makes up of lines of one sender, and has verified. */
final class WebStreamUnderTest {
  final LineFindings findings = new LineFindings();
  final Verifier texts;

  private final Schedule schedule;
  private final LineFormat format;
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  WebStreamUnderTest(int lines, int lineBytes) {
    schedule = new Schedule(1, 1_000, lines);
    format = new LineFormat(lineBytes, 77);
    texts =
        new StreamVerifier(
            format, Frame.NONE, Share.NOBODY, schedule, findings, new Latency(1_000_000));
  }

  /** A line, line feed included. */
  byte[] line(int sequence) {
    byte[] line = new byte[format.lineBytes()];
    format.encode(line, 0, schedule.dueNanos(sequence), 0, sequence);
    return line;
  }

  void add(byte[] bytes) {
    stream.writeBytes(bytes);
  }

  /** Has it verified in pieces, of so many lines that were sent. */
  void play(Verifier verifier, int pieceBytes, long sent) {
    byte[] all = stream.toByteArray();
    for (int i = 0; i < all.length; i += pieceBytes) {
      byte[] piece = Arrays.copyOfRange(all, i, Math.min(all.length, i + pieceBytes));
      verifier.accept(piece, piece.length, 5_000_000);
    }
    verifier.finish(sender -> sent);
  }
}
