package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialectTest {
  private static final int LINE_BYTES = 200;
  private static final Schedule SCHEDULE = new Schedule(2, 1_000, 6);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void shouldFindALineInTheFrameItComesIn(Dialect dialect) {
    LineFormat format = new LineFormat(LINE_BYTES, 7);
    Frame frame = dialect.arriving(LINE_BYTES);
    byte[] stream = new byte[3 * frame.sizeBytes(LINE_BYTES)];
    for (int i = 0; i < 3; i++) {
      int offset = i * frame.sizeBytes(LINE_BYTES);
      long dueNanos = SCHEDULE.dueNanos(SCHEDULE.lineOf(1, i));
      format.encode(stream, frame.putAround(stream, offset, LINE_BYTES), dueNanos, 1, i);
    }
    LineFindings findings = new LineFindings();
    StreamVerifier verifier =
        new StreamVerifier(format, frame, Share.NOBODY, SCHEDULE, findings, new Latency(0));

    verifier.accept(stream, stream.length, 0);
    verifier.finish(sender -> sender == 1 ? 3 : 0);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.verified()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void shouldNotTakeAFrameThatIsDamaged(Dialect dialect) {
    LineFormat format = new LineFormat(LINE_BYTES, 7);
    Frame frame = dialect.arriving(LINE_BYTES);
    int size = frame.sizeBytes(LINE_BYTES);
    for (int i = 0; i < size; i++) {
      byte[] stream = new byte[size];
      long dueNanos = SCHEDULE.dueNanos(1);
      format.encode(stream, frame.putAround(stream, 0, LINE_BYTES), dueNanos, 1, 0);
      stream[i] = (byte) (stream[i] == 33 ? 34 : 33);
      LineFindings findings = new LineFindings();
      StreamVerifier verifier =
          new StreamVerifier(format, frame, Share.NOBODY, SCHEDULE, findings, new Latency(0));
      verifier.accept(stream, size, 0);
      verifier.finish(sender -> sender == 1 ? 1 : 0);
      assertThat(findings.isClean()).as("byte %d of %s changed", i, dialect).isFalse();
    }
  }

  @Test
  void shouldSpeakAsTheProtocolsSay() {
    assertThat(text(Dialect.REDIS.leaving(20).prefix()))
        .isEqualTo("*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$20\r\n");
    assertThat(text(Dialect.NATS.arriving(20).prefix())).isEqualTo("MSG c 1 20\r\n");
    assertThat(text(Dialect.NATS.greeting(true))).endsWith("SUB c 1\r\n");
    assertThat(text(Dialect.NATS.greeting(false))).doesNotContain("SUB");
    // 203 bytes remain: 0xcb 0x01 in MQTT's base 128.
    assertThat(Dialect.MQTT.leaving(LINE_BYTES).prefix())
        .isEqualTo(HexFormat.of().parseHex("30cb01000163"));
    assertThat(Dialect.LINES.greeting(true)).isEmpty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
