package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncodingTest {

  @Test
  void shouldWriteALineAsOneTextMessageWithoutItsLineFeed() {
    Encoded encoded = Encoded.of(FrameEncoding.PLAIN, "hello\n\n", 17);

    assertThat(encoded.runs()).containsExactly("\u0081\5hello\u0081\0");
    assertThat(encoded.places()).containsExactly("2 from 17");
  }

  @Test
  void shouldWriteTheNumberBeforeALine() {
    assertThat(Encoded.of(FrameEncoding.NUMBERED, "hello\n\n", 9).text())
        .isEqualTo("\u0081\u000cLINE 9 hello\u0081\u0008LINE 10 ");
  }

  @Test
  void shouldWriteABinaryMessageWhereALineIsNotUtf8() {
    assertThat(Encoded.of(FrameEncoding.PLAIN, "\u00c3\u00a9\n\u00e9\n", 1).text())
        .isEqualTo("\u0081\2\u00c3\u00a9\u0082\1\u00e9");
    assertThat(Encoded.of(FrameEncoding.NUMBERED, "\u00e9\n", 1).text())
        .isEqualTo("\u0082\u0008LINE 1 \u00e9");
  }

  @Test
  void shouldSayALengthInAsManyBytesAsItTakes() {
    assertThat(Encoded.of(FrameEncoding.PLAIN, "x".repeat(125) + "\n", 1).text())
        .startsWith("\u0081}x");
    assertThat(Encoded.of(FrameEncoding.PLAIN, "x".repeat(126) + "\n", 1).text())
        .startsWith("\u0081~\0~x");
    assertThat(Encoded.of(FrameEncoding.PLAIN, "x".repeat(65_535) + "\n", 1).text())
        .startsWith("\u0081~\u00ff\u00ffx");
    assertThat(Encoded.of(FrameEncoding.PLAIN, "x".repeat(65_536) + "\n", 1).text())
        .startsWith("\u0081\u007f\0\0\0\0\0\1\0\0x");
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindWhereEachLineEnds(FrameEncoding encoding) {
    String lines = "a\n\n" + "x".repeat(300) + "\n" + "y".repeat(70_000) + "\n\u00e9\n";
    Encoded encoded = Encoded.of(encoding, lines, 1);
    ByteBuffer bytes = Encoded.bytes(encoded.text());
    List<Integer> ends = encoded.ends();

    assertThat(ends).hasSize(5).endsWith(bytes.limit());
    for (int at = 0, line = 0; at < bytes.limit(); at++) {
      line += at == ends.get(line) ? 1 : 0;
      assertThat(encoding.endOfLine(bytes, 0, at)).isEqualTo(ends.get(line));
      assertThat(encoding.countLines(bytes, 0, at)).isEqualTo(line);
    }
    assertThat(encoding.countLines(bytes, 0, bytes.limit())).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverNeedMoreThanItSays(FrameEncoding encoding) {
    for (int length : new int[] {1, 126, 70_000}) {
      String line = "x".repeat(length - 1) + "\n";
      Encoded encoded = Encoded.of(encoding, line.repeat(3), 999_998);

      assertThat((long) encoded.text().length())
          .isLessThanOrEqualTo(encoding.encodedBytes(3L * length, 3, 1_000_000));
    }
  }

  @Test
  void shouldHandLinesOnInRunsOfAboutSixteenKilobytes() {
    Encoded encoded = Encoded.of(FrameEncoding.PLAIN, "0123456789\n".repeat(10_000), 1);

    assertThat(encoded.runs())
        .allSatisfy(run -> assertThat(run.length()).isLessThan(16 * 1024 + 20));
    assertThat(encoded.ends()).hasSize(10_000);
    assertThat(encoded.places().getLast()).startsWith((10_000 - 7 * 1366) + " from ");
  }

  @Test
  void shouldTellVoidNumbersInAMessageWhereLinesHaveNumbers() {
    ByteBuffer gap = FrameEncoding.NUMBERED.encodedVoid(5, 17);

    assertThat(FrameEncoding.NUMBERED.endOfLine(gap, 0, 3)).isEqualTo(gap.limit());
    assertThat(StandardCharsets.ISO_8859_1.decode(gap).toString())
        .isEqualTo("\u0081\rGAP 5 17 void");
    assertThat(FrameEncoding.PLAIN.encodedVoid(5, 17).hasRemaining()).isFalse();
  }

  @Test
  void shouldTellGapsWhereLinesHaveNumbers() {
    assertThat(FrameEncoding.PLAIN.tellsGaps()).isFalse();
    assertThat(FrameEncoding.NUMBERED.tellsGaps()).isTrue();
  }
}
