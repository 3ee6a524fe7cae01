package io.linecast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventEncodingTest {

  private static final EventEncoding EVENTS = new EventEncoding("5f3a");

  @Test
  void shouldWriteALineAsOneEventInOneChunk() {
    Encoded encoded = Encoded.of(EVENTS, "hello\n", 17);

    assertThat(encoded.runs()).containsExactly("19\r\nid: 5f3a-17\ndata: hello\n\n\r\n");
    assertThat(encoded.places()).containsExactly("1 from 17");
  }

  @Test
  void shouldKeepEmptyLines() {
    assertThat(Encoded.of(EVENTS, "\n", 1).text()).isEqualTo("13\r\nid: 5f3a-1\ndata: \n\n\r\n");
  }

  @Test
  void shouldBeginANewFieldAtEachCarriageReturn() {
    assertThat(Encoded.of(EVENTS, "a\rb\r\r\n", 1).text())
        .isEqualTo("2a\r\nid: 5f3a-1\ndata: a\ndata: b\ndata: \ndata: \n\n\r\n");
  }

  @Test
  void shouldKeepEveryOtherByte() {
    assertThat(Encoded.of(EVENTS, "\0\u00ff: \t\n", 1).text())
        .isEqualTo("18\r\nid: 5f3a-1\ndata: \0\u00ff: \t\n\n\r\n");
  }

  @Test
  void shouldGoOnWhereNumbersAndSizesGetLonger() {
    Encoded encoded = Encoded.of(EVENTS, "x".repeat(237) + "\n" + "x".repeat(236) + "\n", 9);

    assertThat(encoded.text())
        .isEqualTo(
            ("100\r\nid: 5f3a-9\ndata: " + "x".repeat(237) + "\n\n\r\n")
                + ("100\r\nid: 5f3a-10\ndata: " + "x".repeat(236) + "\n\n\r\n"));
    assertThat(encoded.places()).containsExactly("2 from 9");
  }

  @Test
  void shouldHandLinesOnInRunsThatTheFeedTakes() {
    Encoded encoded = Encoded.of(EVENTS, "\r\r\r\r\n".repeat(1_000), 1, 5);

    assertThat(encoded.runs())
        .allSatisfy(
            run ->
                assertThat(run.length())
                    .isLessThanOrEqualTo((int) EVENTS.encodedBytes(5, 1, Long.MAX_VALUE)));
    assertThat(encoded.ends()).hasSize(1_000);
  }

  @Test
  void shouldNeverNeedMoreThanItSays() {
    for (String line : List.of("\n", "\r\n", "\r\r\r\r\n", "x".repeat(5_000) + "\n")) {
      Encoded encoded = Encoded.of(EVENTS, line.repeat(10), 999_995);

      assertThat((long) encoded.text().length())
          .isLessThanOrEqualTo(EVENTS.encodedBytes(10L * line.length(), 10, 1_000_004));
    }
  }

  @Test
  void shouldFindWhereEachLineEnds() {
    Encoded encoded = Encoded.of(EVENTS, "a\n\n" + "x".repeat(5_000) + "\nb\rc\n", 1);
    ByteBuffer bytes = Encoded.bytes(encoded.text());
    List<Integer> ends = encoded.ends();

    assertThat(ends).hasSize(4).endsWith(bytes.limit());
    for (int at = 0, line = 0; at < bytes.limit(); at++) {
      line += at == ends.get(line) ? 1 : 0;
      assertThat(EVENTS.endOfLine(bytes, 0, at)).isEqualTo(ends.get(line));
      assertThat(EVENTS.countLines(bytes, 0, at)).isEqualTo(line);
    }
    assertThat(EVENTS.countLines(bytes, 0, bytes.limit())).isEqualTo(4);
  }

  @Test
  void shouldTellVoidNumbersInAnEventThatIsNoLine() {
    String gap = ascii(EVENTS.encodedVoid(5, 17));
    String lines = Encoded.of(EVENTS, "a\n", 4).text() + gap + Encoded.of(EVENTS, "b\n", 18).text();
    ByteBuffer bytes = Encoded.bytes(lines);
    int gapAt = lines.indexOf(gap);

    assertThat(gap)
        .startsWith("44\r\nevent: gap\nid: 5f3a-17\n")
        .endsWith("data: {\"first\":5,\"last\":17,\"reason\":\"void\"}\n\n\r\n");
    assertThat(EVENTS.endOfLine(bytes, gapAt, gapAt + 3)).isEqualTo(gapAt + gap.length());
    assertThat(EVENTS.countLines(bytes, 0, bytes.limit())).isEqualTo(2);
    assertThat(EVENTS.countLines(bytes, gapAt, gapAt + gap.length())).isZero();
  }

  private static String ascii(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }

  @Test
  void shouldShareAnEditionWithinANumberingOnly() {
    assertThat(EVENTS).isEqualTo(new EventEncoding("5f3a")).isNotEqualTo(new EventEncoding("5f3b"));
    assertThat(EVENTS.tellsGaps()).isTrue();
  }
}
