package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamVerifierTest {
  private static final int SENDERS = 3;
  private static final int CONNECTION = 1;
  private static final long NOW_NANOS = 5_000_000;

  private final LineFormat format = new LineFormat(20, 77);
  private final LineFindings findings = new LineFindings();
  private final Latency latency = new Latency(1_000_000);
  private final StreamVerifier verifier =
      new StreamVerifier(format, Frame.NONE, CONNECTION, SENDERS, findings, latency);
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 19, 20, 21, 33, 1_000})
  void shouldAcceptAWholeStreamInPiecesOfAnySize(int pieceBytes) {
    for (int i = 0; i < 10; i++) {
      line(0, i);
      line(2, i);
    }
    receive(pieceBytes);
    verifier.finish(sender -> sender == CONNECTION ? 0 : 10);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.verified()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 33, 1_000})
  void shouldGoOnBehindATornLine(int pieceBytes) {
    line(0, 0);
    text("too short\n");
    line(0, 1);
    text("much longer than a line of this load is\n");
    line(0, 2);
    receive(pieceBytes);
    verifier.finish(sender -> sender == 0 ? 3 : 0);

    assertThat(findings.torn()).isEqualTo(2);
    assertThat(findings.verified()).isEqualTo(3);
    assertThat(findings.missing()).isZero();
  }

  @Test
  void shouldNoticeALineBackAtItsSender() {
    line(CONNECTION, 0);
    receive(1_000);

    assertThat(findings.own()).isEqualTo(1);
    assertThat(findings.verified()).isZero();
  }

  @Test
  void shouldNoticeLinesThatAreNotOfThisRun() {
    line(new LineFormat(20, 78), 0, 0);
    line(SENDERS, 0);
    receive(1_000);

    assertThat(findings.foreign()).isEqualTo(2);
  }

  @Test
  void shouldNoticeAStreamThatEndsWithinALine() {
    line(0, 0);
    text("half");
    receive(1_000);
    verifier.finish(sender -> sender == 0 ? 1 : 0);

    assertThat(findings.torn()).isEqualTo(1);
  }

  @Test
  void shouldNoticeWhatNeverCame() {
    line(0, 0);
    receive(1_000);
    verifier.finish(sender -> 2);

    assertThat(findings.missing()).as("one of sender 0, two of sender 2").isEqualTo(3);
  }

  @Test
  void shouldMeasureFromTheMomentALineWasDueAndNotInTheWarmup() {
    byte[] warmup = new byte[20];
    format.encode(warmup, 0, 999_999, 0, 0);
    stream.writeBytes(warmup);
    byte[] measured = new byte[20];
    format.encode(measured, 0, 2_000_000, 0, 1);
    stream.writeBytes(measured);
    receive(1_000);

    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.maxMillis()).isBetween(3.0, 3.01);
  }

  private void line(int sender, int sequence) {
    line(format, sender, sequence);
  }

  private void line(LineFormat lineFormat, int sender, int sequence) {
    byte[] line = new byte[lineFormat.lineBytes()];
    lineFormat.encode(line, 0, 0, sender, sequence);
    stream.writeBytes(line);
  }

  private void text(String text) {
    stream.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void receive(int pieceBytes) {
    byte[] all = stream.toByteArray();
    for (int from = 0; from < all.length; from += pieceBytes) {
      byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + pieceBytes));
      verifier.accept(piece, piece.length, NOW_NANOS);
    }
  }
}
