package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedVerifierTest {
  private static final int LINES = 110;
  private static final int LINE_BYTES = 20;

  private final Schedule schedule = new Schedule(1, 1_000, LINES);
  private final LineFormat format = new LineFormat(LINE_BYTES, 77);
  private final LineFindings findings = new LineFindings();
  private final Verifier texts =
      new StreamVerifier(
          format, Frame.NONE, Share.NOBODY, schedule, findings, new Latency(1_000_000));
  private final NumberedVerifier verifier = new NumberedVerifier(95, texts, findings);
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7, 28, 29, 33, 10_000})
  void shouldAcceptAWholeStreamInPiecesOfAnySize(int pieceBytes) {
    for (int i = 0; i < LINES; i++) {
      line(95 + i, i);
    }
    receive(pieceBytes);
    finish(LINES);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.verified()).isEqualTo(LINES);
  }

  @Test
  void shouldFindANumberThatIsLeftOut() {
    line(95, 0);
    line(97, 1);
    line(98, 2);
    receive(7);
    finish(3);

    assertThat(findings.misnumbered()).isEqualTo(1);
    assertThat(findings.verified()).isEqualTo(3);
    assertThat(findings.isClean()).isFalse();
  }

  @Test
  void shouldFindANumberThatComesAgain() {
    line(95, 0);
    line(95, 1);
    receive(1_000);
    finish(2);

    assertThat(findings.misnumbered()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PING 1\n", "GAP 96 97 slow\n", "LINE x text\n", "LINE 96\n", "\n", "LINE 9"})
  void shouldFindWhatIsNoSuchLine(String words) {
    line(95, 0);
    text(words);
    if (words.endsWith("\n")) {
      line(96, 1);
    }
    receive(3);
    finish(words.endsWith("\n") ? 2 : 1);

    assertThat(findings.torn()).isEqualTo(1);
    assertThat(findings.missing()).as("it goes on behind it").isZero();
  }

  @Test
  void shouldHandOnATextThatIsNotWhole() {
    line(95, 0);
    text("LINE 96 too short\n");
    line(97, 1);
    receive(11);
    finish(2);

    assertThat(findings.torn()).isEqualTo(1);
    assertThat(findings.verified()).isEqualTo(2);
    assertThat(findings.misnumbered()).isZero();
  }

  private void line(long number, int sequence) {
    text("LINE " + number + " ");
    byte[] line = new byte[LINE_BYTES];
    format.encode(line, 0, schedule.dueNanos(sequence), 0, sequence);
    stream.writeBytes(line);
  }

  private void text(String words) {
    stream.writeBytes(words.getBytes(StandardCharsets.US_ASCII));
  }

  private void receive(int pieceBytes) {
    byte[] all = stream.toByteArray();
    for (int i = 0; i < all.length; i += pieceBytes) {
      byte[] piece = Arrays.copyOfRange(all, i, Math.min(all.length, i + pieceBytes));
      verifier.accept(piece, piece.length, 5_000_000);
    }
  }

  private void finish(long sent) {
    verifier.finish(sender -> sent);
  }
}
