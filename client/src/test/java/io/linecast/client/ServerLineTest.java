package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.ServerLine.Verb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLineTest {

  private final ServerLine line = new ServerLine();

  private Verb begin(String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    LineReader reader = new LineReader(new ByteArrayInputStream(bytes), 1000);
    assertThat(reader.fill()).isTrue();
    assertThat(reader.next()).isTrue();
    return line.begin(reader);
  }

  @Test
  void shouldReadNumbers() throws IOException {
    assertThat(begin("SENT 17 9223372036854775807 0")).isEqualTo(Verb.SENT);
    assertThat(line.number(1)).isEqualTo(17);
    assertThat(line.number(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(line.number(0)).isZero();
    line.end();
  }

  @Test
  void shouldReadWordsAndTexts() throws IOException {
    assertThat(begin("FAIL 3 too-long 64 KiB  at most ")).isEqualTo(Verb.FAIL);
    assertThat(line.number(1)).isEqualTo(3);
    assertThat(line.word()).isEqualTo("too-long");
    assertThat(line.message()).isEqualTo("64 KiB  at most ");
  }

  @Test
  void shouldKnowEveryVerb() throws IOException {
    assertThat(begin("LINE 1 x")).isEqualTo(Verb.LINE);
    assertThat(begin("GAP 1 2 slow")).isEqualTo(Verb.GAP);
    assertThat(begin("PING")).isEqualTo(Verb.PING);
    assertThat(line.text()).isEmpty();
    assertThat(begin("PONG x")).isEqualTo(Verb.PONG);
    assertThat(line.text()).containsExactly('x');
    assertThat(begin("BYE quit x")).isEqualTo(Verb.BYE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BYE", "sent 1 1 1", "SENTX", "HELLO", "\u0000\u0000\u0000\u0000"})
  void shouldSayWhatIsNoLineOfAServers(String text) {
    assertThatThrownBy(
            () -> {
              begin(text);
              line.number(1);
            })
        .isInstanceOf(ClientException.class)
        .hasMessageMatching("(?s).*no line of LINECAST/1: '[ -~]*'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SENT",
        "SENT ",
        "SENT  1",
        "SENT x",
        "SENT -1",
        "SENT 0",
        "SENT 9223372036854775808",
        "SENT 00000000000000000001",
        "SENT 1x"
      })
  void shouldSayWhatIsNoNumber(String text) throws IOException {
    begin(text);
    assertThatThrownBy(
            () -> {
              line.number(1);
              line.end();
            })
        .isInstanceOf(ClientException.class);
  }
}
