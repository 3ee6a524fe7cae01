package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelloTest {

  private static final String NONCE = "k3J9xQ2m";

  private static HelloException refusal(String line) {
    return catchThrowableOfType(HelloException.class, () -> Hello.parse(line));
  }

  @Test
  void shouldNeedNoMoreThanANonce() {
    Hello hello = Hello.parse("LINECAST/1 " + NONCE);
    assertThat(hello).isEqualTo(Hello.withNonce(NONCE));
    assertThat(hello.from()).isEqualTo(new From.New());
    assertThat(hello.listen()).isTrue();
    assertThat(hello.ack()).isEqualTo(AckLevel.STORED);
    assertThat(hello.format()).isEqualTo("LINECAST/1 " + NONCE);
  }

  @Test
  void shouldReadEveryParameterInAnyOrder() {
    Hello hello =
        Hello.parse(
            "LINECAST/1 k3J9-_2m token=a=b publisher=b.u-o_Y ack=done listen=no epoch=5f"
                + " over-rate=fail from=-9 channel=news");
    assertThat(hello)
        .isEqualTo(
            new Hello(
                "k3J9-_2m",
                Optional.of("news"),
                new From.Last(9),
                Optional.of("5f"),
                false,
                AckLevel.DONE,
                Optional.of("b.u-o_Y"),
                Optional.of("a=b"),
                OverRate.FAIL));
    assertThat(Hello.parse(hello.format())).isEqualTo(hello);
  }

  @Test
  void shouldTakeWhatIsSaidAnywayForWhatItIs() {
    assertThat(
            Hello.parse("LINECAST/1 " + NONCE + " from=new listen=yes ack=stored over-rate=wait")
                .format())
        .isEqualTo("LINECAST/1 " + NONCE);
  }

  @Test
  void shouldNotShowItsToken() {
    Hello hello = Hello.parse("LINECAST/1 " + NONCE + " token=secret");
    assertThat(hello.toString()).doesNotContain("secret").contains("token=...");
    assertThat(hello.format()).contains("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x=1",
        "From=1",
        "from",
        "from=",
        "=1",
        "from=1 from=2",
        "from=0",
        "from=tomorrow",
        "listen=maybe",
        "listen=YES",
        "ack=most",
        "publisher=a/b",
        "publisher=",
        "publisher=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "channel=\u00fc",
        "token=\u0007",
        "",
        " from=1",
        "from=1 "
      })
  void shouldRefuseABadParameterUnderItsNonce(String parameters) {
    HelloException refusal = refusal("LINECAST/1 " + NONCE + " " + parameters);
    assertThat(refusal.code()).isEqualTo(Code.BAD_HELLO);
    assertThat(refusal.nonce()).isEqualTo(NONCE);
    assertThat(refusal.answer())
        .startsWith("LINECAST/1 " + NONCE + " no bad-hello ")
        .matches("[ -~]+");
  }

  @ParameterizedTest
  @CsvSource({
    "LINECAST/1, bad-hello, -",
    "LINECAST/1 short, bad-hello, -",
    "LINECAST/1 with.dots.in.it, bad-hello, -",
    "LINECAST/1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bad-hello, -",
    "LINECAST/1  k3J9xQ2m, bad-hello, -",
    "LINECAST/2 k3J9xQ2m, version, k3J9xQ2m",
    "LINECAST/2, version, -",
    "LINECAST/, version, -",
    "LINECAST/01 k3J9xQ2m, version, k3J9xQ2m"
  })
  void shouldSayWhatIsWrongWithTheFirstWords(String line, String code, String nonce) {
    HelloException refusal = refusal(line);
    assertThat(refusal.code().word()).isEqualTo(code);
    assertThat(refusal.nonce()).isEqualTo(nonce);
  }

  @Test
  void shouldBeLongUpToItsLimit() {
    String start = "LINECAST/1 " + NONCE + " token=";
    String longest = start + "x".repeat(Hello.MAX_BYTES - 1 - start.length());
    assertThat(Hello.parse(longest).token()).isPresent();
    assertThat(refusal(longest + "x").code()).isEqualTo(Code.TOO_LONG);
    assertThatThrownBy(() -> Hello.parse(longest + "x")).hasMessageContaining("4096");
  }
}
