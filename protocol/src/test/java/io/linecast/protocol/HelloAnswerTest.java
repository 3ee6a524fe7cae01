package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloAnswerTest {

  private static final String NONCE = "k3J9xQ2m";
  private static final String OK =
      "LINECAST/1 k3J9xQ2m ok channel=main next=1043 oldest=980 journal=memory epoch=5f3a"
          + " max-line=65536 heartbeat=15";

  private static final HelloAnswer ANSWER =
      new HelloAnswer(NONCE, "main", 1043, 980, "memory", "5f3a", 65536, 15, OptionalLong.empty());

  @Test
  void shouldReadWhatItWrites() {
    assertThat(ANSWER.format()).isEqualTo(OK);
    assertThat(HelloAnswer.parse(OK, NONCE)).contains(ANSWER);
    assertThat(HelloAnswer.parse(OK + " last=16", NONCE))
        .hasValueSatisfying(
            answer -> {
              assertThat(answer.last()).hasValue(16);
              assertThat(answer.format()).isEqualTo(OK + " last=16");
            });
  }

  @Test
  void shouldPassOverParametersItDoesNotKnow() {
    assertThat(HelloAnswer.parse(OK + " mood=good", NONCE)).contains(ANSWER);
  }

  @Test
  void shouldTakeLastZeroForAPublisherThatIsNotRemembered() {
    assertThat(HelloAnswer.parse(OK + " last=0", NONCE))
        .hasValueSatisfying(answer -> assertThat(answer.last()).hasValue(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a line",
        "LINECAST/1",
        "LINECAST/1 k3J9xQ2m",
        "LINECAST/1 another1 ok next=1",
        "LINECAST/1 - no bad-hello x",
        "LINECAST/2 k3J9xQ2m ok",
        "linecast/1 k3J9xQ2m ok",
        " LINECAST/1 k3J9xQ2m ok"
      })
  void shouldLeaveToThePlainStreamWhatDoesNotBearItsNonce(String line) {
    assertThat(HelloAnswer.parse(line, NONCE)).isEmpty();
  }

  @Test
  void shouldThrowARefusal() {
    assertThatThrownBy(() -> HelloAnswer.parse("LINECAST/1 k3J9xQ2m no channel no  such", NONCE))
        .isInstanceOfSatisfying(
            HelloException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Code.CHANNEL);
              assertThat(refusal.nonce()).isEqualTo(NONCE);
              assertThat(refusal.answer()).isEqualTo("LINECAST/1 k3J9xQ2m no channel no  such");
            })
        .hasMessage("no  such");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maybe",
        "no",
        "no unheard-of x",
        "ok",
        "ok next=1 oldest=1 max-line=1",
        "ok next=x oldest=1 max-line=1 heartbeat=1",
        "ok next=1 oldest=1 max-line=1 heartbeat=0.5",
        "ok next=1 oldest=1 max-line=1 heartbeat=1 last=-1",
        "ok next=1 next=2 oldest=1 max-line=1 heartbeat=1",
        "ok next=1  oldest=1 max-line=1 heartbeat=1"
      })
  void shouldRefuseAnAnswerThatIsNone(String rest) {
    assertThatThrownBy(() -> HelloAnswer.parse("LINECAST/1 k3J9xQ2m " + rest, NONCE))
        .isInstanceOfSatisfying(
            HelloException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_HELLO));
  }

  @Test
  void shouldBoundWhatIsKeptInAnInt() {
    String line = OK.replace("65536", "9223372036854775807");
    assertThat(HelloAnswer.parse(line, NONCE))
        .hasValueSatisfying(
            answer -> assertThat(answer.maxLineBytes()).isEqualTo(Integer.MAX_VALUE));
  }
}
