package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedLinesTest {

  private static final int RUN_BYTES = 64;

  private final NumberedLines encoder = new NumberedLines(RUN_BYTES);
  private final List<String> runs = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  @Test
  void shouldWriteTheVerbAndTheNumberBeforeALine() {
    encode("hello\n", 17);

    assertThat(runs).containsExactly("LINE 17 hello\n");
    assertThat(places).containsExactly("1 from 17");
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 99, 999_999, 999_999_999_999_999_999L})
  void shouldGoOnWhereNumbersGetLonger(long last) {
    encode("a\nb\n", last);

    assertThat(String.join("", runs)).isEqualTo("LINE " + last + " a\nLINE " + (last + 1) + " b\n");
  }

  @Test
  void shouldWriteTheHighestNumberThereIs() {
    encode("x\n", Long.MAX_VALUE);

    assertThat(runs).containsExactly("LINE 9223372036854775807 x\n");
  }

  @Test
  void shouldKeepEmptyLines() {
    encode("\n\nx\n", 1);

    assertThat(runs).containsExactly("LINE 1 \nLINE 2 \nLINE 3 x\n");
  }

  @Test
  void shouldKeepEveryByteOfALine() {
    encode("\r\0\u00ff \tx\r\n", 1);

    assertThat(runs).containsExactly("LINE 1 \r\0\u00ff \tx\r\n");
  }

  @Test
  void shouldHandOnWhatIsFullAndGoOnWithTheNextLine() {
    String line = "y".repeat(20) + "\n";
    encode(line.repeat(3), 99);

    assertThat(runs).containsExactly("LINE 99 " + line, "LINE 100 " + line, "LINE 101 " + line);
    assertThat(places).containsExactly("1 from 99", "1 from 100", "1 from 101");
  }

  @Test
  void shouldCutRunsBetweenLinesOnly() {
    encode("z\n".repeat(100), 1);

    assertThat(runs).hasSizeGreaterThan(1).allMatch(run -> run.length() <= RUN_BYTES);
    assertThat(String.join("", runs)).isEqualTo(numbered(1, 100));
  }

  @Test
  void shouldHandOnWhatHasEnoughForAFeed() {
    NumberedLines forFeed = new NumberedLines(RUN_BYTES, 20);
    ByteBuffer run = Lines.bytes("z\n".repeat(5)).order(ByteOrder.LITTLE_ENDIAN);
    forFeed.encode(run, 5, 1, this::take);

    assertThat(places).containsExactly("3 from 1", "2 from 4");
    assertThat(String.join("", runs)).isEqualTo(numbered(1, 5));
  }

  @Test
  void shouldSayOfEachRunWhichLinesItHas() {
    encode("z\n".repeat(100), 1);

    long next = 1;
    for (int i = 0; i < runs.size(); i++) {
      int lines = Lines.count(runs.get(i));
      assertThat(places.get(i)).isEqualTo(lines + " from " + next);
      next += lines;
    }
    assertThat(next).isEqualTo(101);
  }

  @Test
  void shouldHoldTheLongestLineUnderTheLongestNumber() {
    String line = Lines.ofLength(RUN_BYTES - NumberedLines.PREFIX_MAX_BYTES);
    encode("a\n" + line, Long.MAX_VALUE - 1);

    assertThat(runs)
        .containsExactly("LINE 9223372036854775806 a\n", "LINE 9223372036854775807 " + line);
  }

  @Test
  void shouldLeaveTheBufferAsItWasAndBeginAtItsPosition() {
    ByteBuffer run = Lines.bytes("skipped\nhello\nleft\n").position(8).limit(14);
    encoder.encode(run.order(ByteOrder.LITTLE_ENDIAN), 1, 5, this::take);

    assertThat(runs).containsExactly("LINE 5 hello\n");
    assertThat(run.position()).isEqualTo(8);
    assertThat(run.limit()).isEqualTo(14);
  }

  private void encode(String lines, long firstLine) {
    ByteBuffer run = Lines.bytes(lines).order(ByteOrder.LITTLE_ENDIAN);
    encoder.encode(run, Lines.count(lines), firstLine, this::take);
  }

  private void take(ByteBuffer run, int lineCount, long firstLine) {
    byte[] bytes = new byte[run.remaining()];
    run.get(run.position(), bytes);
    runs.add(new String(bytes, StandardCharsets.ISO_8859_1));
    places.add(lineCount + " from " + firstLine);
  }

  private static String numbered(int first, int last) {
    StringBuilder text = new StringBuilder();
    IntStream.rangeClosed(first, last).forEach(i -> text.append("LINE " + i + " z\n"));
    return text.toString();
  }
}
