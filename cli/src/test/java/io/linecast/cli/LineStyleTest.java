package io.linecast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LineStyleTest {

  private static final byte[] NO_TEXT = {'a', (byte) 0xff, 0, '\r'};

  private Instant now = Instant.parse("2026-01-31T12:00:00.120Z");
  private final InstantSource clock = () -> now;

  @Test
  void shouldWriteBytesAsTheyAre() throws IOException {
    byte[] written = write(new LineStyle(false, false, false, clock), 7, NO_TEXT);
    assertThat(written).containsExactly('a', 0xff, 0, '\r', '\n');
  }

  @Test
  void shouldWriteNumberAndTimeBeforeThem() throws IOException {
    LineStyle style = new LineStyle(false, true, true, clock);
    assertThat(text(style, 7, "x")).isEqualTo("7 2026-01-31T12:00:00.120Z x\n");
    now = now.plusMillis(5);
    assertThat(text(style, 8, "")).isEqualTo("8 2026-01-31T12:00:00.125Z \n");
  }

  @Test
  void shouldWriteAnObjectALine() throws IOException {
    LineStyle style = new LineStyle(true, false, false, clock);
    assertThat(text(style, 7, "a \"b\" \\ \t\u0001 ü 🚢"))
        .isEqualTo(
            "{\"seq\":7,\"epoch\":\"e\",\"time\":\"2026-01-31T12:00:00.120Z\","
                + "\"text\":\"a \\\"b\\\" \\\\ \\u0009\\u0001 ü 🚢\"}\n");
  }

  @Test
  void shouldWriteInBase64WhatIsNoText() throws IOException {
    byte[] written = write(new LineStyle(true, false, false, clock), 7, NO_TEXT);
    assertThat(new String(written, UTF_8)).contains("\"base64\":\"Yf8ADQ==\"}");
  }

  @Test
  void shouldLeaveOutNumbersThatThereAreNot() throws IOException {
    LineStyle style = new LineStyle(true, false, false, clock);
    assertThat(text(style, 0, "x"))
        .isEqualTo("{\"time\":\"2026-01-31T12:00:00.120Z\",\"text\":\"x\"}\n");
  }

  private static String text(LineStyle style, long number, String line) throws IOException {
    return new String(write(style, number, line.getBytes(UTF_8)), UTF_8);
  }

  private static byte[] write(LineStyle style, long number, byte[] line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    style.write(number, "e", line, out);
    return out.toByteArray();
  }
}
