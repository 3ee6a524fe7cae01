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
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int FIELDS_BYTES = 17;

  /** Ten lines of each sender, one a millisecond. */
  private final Schedule schedule = new Schedule(SENDERS, 1_000, 10 * SENDERS);

  private final LineFormat format = new LineFormat(20, 77);
  private final LineFindings findings = new LineFindings();
  private final Latency latency = new Latency(1_000_000);
  private final StreamVerifier verifier =
      new StreamVerifier(format, Frame.NONE, CONNECTION, schedule, findings, latency);
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
  void shouldNoticeADigitThatBecameAnother() {
    for (int i = 0; i < FIELDS_BYTES; i++) {
      for (byte digit : DIGITS) {
        byte[] line = bytes(format, 0, 4);
        if (line[i] != digit) {
          line[i] = digit;
          assertThat(verified(format, line)).as("byte %d became %c", i, digit).isZero();
        }
      }
    }
  }

  @Test
  void shouldNoticeALineMadeOfTwo() {
    LineFormat shortest = new LineFormat(LineFormat.LINE_BYTES_MIN, 77);
    byte[] head = bytes(shortest, 0, 1);
    byte[] tail = bytes(shortest, 2, 8);
    int spliced = 0;
    for (int cut = 1; cut < FIELDS_BYTES; cut++) {
      byte[] line = Arrays.copyOf(head, head.length);
      System.arraycopy(tail, cut, line, cut, tail.length - cut);
      if (!Arrays.equals(line, head) && !Arrays.equals(line, tail)) {
        spliced++;
        assertThat(verified(shortest, line)).as("cut at byte %d", cut).isZero();
      }
    }
    assertThat(spliced).as("cuts that make a third line").isGreaterThan(5);
  }

  @Test
  void shouldNoticeALineBeyondTheSchedule() {
    line(0, 9);
    line(0, 10);
    receive(1_000);

    assertThat(findings.verified()).isEqualTo(1);
    assertThat(findings.foreign()).isEqualTo(1);
  }

  @Test
  void shouldMeasureFromTheMomentALineWasDueAndNotInTheWarmup() {
    line(0, 0); // due at once
    line(0, 1); // due at 3 ms, received at 5
    receive(1_000);

    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.maxMillis()).isBetween(2.0, 2.01);
  }

  private void line(int sender, int sequence) {
    line(format, sender, sequence);
  }

  private void line(LineFormat lineFormat, int sender, int sequence) {
    stream.writeBytes(bytes(lineFormat, sender, sequence));
  }

  private byte[] bytes(LineFormat lineFormat, int sender, int sequence) {
    byte[] line = new byte[lineFormat.lineBytes()];
    long dueNanos = schedule.dueNanos(schedule.lineOf(sender, sequence));
    lineFormat.encode(line, 0, dueNanos, sender, sequence);
    return line;
  }

  /** How many lines pass, of one that is received alone. */
  private long verified(LineFormat lineFormat, byte[] line) {
    LineFindings found = new LineFindings();
    new StreamVerifier(lineFormat, Frame.NONE, Share.NOBODY, schedule, found, new Latency(0))
        .accept(line, line.length, NOW_NANOS);
    return found.verified();
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
