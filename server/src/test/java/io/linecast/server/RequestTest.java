package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  @ParameterizedTest
  @CsvSource({
    "'SEND 1 hello', 1, hello",
    "'SEND 9223372036854775807 x', 9223372036854775807, x",
    "'SEND 007 x', 7, x",
    "'SEND 5', 5, ''",
    "'SEND 5 ', 5, ''",
    "'SEND 5  two blanks', 5, ' two blanks'",
    "'SEND 5 6 7', 5, '6 7'",
  })
  void shouldReadNumberAndText(String line, long number, String text) {
    ByteBuffer run = run(line);
    int end = line.length();

    assertThat(Request.isSend(run, 0, end)).isTrue();
    assertThat(Request.number(run, 0, end)).isEqualTo(number);
    assertThat(Request.rest(run, Request.text(run, 0, end), end)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SEND ",
        "SEND x",
        "SEND 0",
        "SEND -1 x",
        "SEND +1 x",
        "SEND 1x",
        "SEND  1 x",
        "SEND 9223372036854775808 x",
        "SEND 10000000000000000000 x",
        "SEND 00000000000000000001 x",
      })
  void shouldFindNoNumberWhereThereIsNone(String line) {
    assertThat(Request.number(run(line), 0, line.length())).isNotPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SEN", "SEND", "SENDS 1 x", "send 1 x", "SEND\t1 x", " SEND 1 x"})
  void shouldTakeNothingElseForASend(String line) {
    assertThat(Request.isSend(run(line), 0, line.length())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'DONE 12', 12", "'DONE 1', 1"})
  void shouldReadANumberThatIsAll(String line, long number) {
    assertThat(Request.onlyNumber(run(line), 0, line.length())).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DONE", "DONE ", "DONE x", "DONE 1 ", "DONE 1 2", "DONE 0"})
  void shouldFindNoNumberThatIsAll(String line) {
    assertThat(Request.onlyNumber(run(line), 0, line.length())).isNotPositive();
  }

  @ParameterizedTest
  @CsvSource({"QUIT, QUIT", "'PING x', PING", "'PING ', PING", "QUITE, ''", "'', ''", "ABC, ''"})
  void shouldReadTheVerb(String line, String verb) {
    assertThat(Request.verb(run(line), 0, line.length())).isEqualTo(verb);
  }

  @Test
  void shouldKeepEveryByteOfWhatFollows() {
    byte[] bytes = new byte[255];
    for (int i = 0, next = 0; i < bytes.length; next++) {
      if (next != '\n') {
        bytes[i++] = (byte) next;
      }
    }
    ByteBuffer run = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(Request.rest(run, 0, bytes.length).getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(bytes);
  }

  /** A line in the middle of others, as it is found in a run. */
  private static ByteBuffer run(String line) {
    byte[] bytes = (line + "\nSEND 9 next\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
