package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.client.Address.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  private static final Optional<String> NO = Optional.empty();

  @Test
  void shouldReadAWholeAddress() {
    Address address = Address.parse("linecast://a:1,b:2/news?token=s%2B+x");
    assertThat(address.servers()).containsExactly(new Server("a", 1), new Server("b", 2));
    assertThat(address.channel()).contains("news");
    assertThat(address.token()).contains("s++x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1234", "linecast://localhost/"})
  void shouldAddWhatIsMissing(String text) {
    Address address = Address.parse(text);
    assertThat(address.servers()).containsExactly(new Server("localhost", 1234));
    assertThat(address.channel()).isEmpty();
    assertThat(address.token()).isEmpty();
  }

  @Test
  void shouldReadAnIpv6Address() {
    assertThat(Address.parse("[::1]:99,[fe80::2]").servers())
        .containsExactly(new Server("::1", 99), new Server("fe80::2", 1234));
    assertThat(Address.parse("[::1]:99")).hasToString("linecast://[::1]:99");
  }

  @Test
  void shouldNotShowItsToken() {
    assertThat(Address.parse("a:1,b/c?token=secret")).hasToString("linecast://a:1,b:1234/c");
    assertThatThrownBy(() -> Address.parse("a:x?token=secret"))
        .hasMessageNotContaining("secret")
        .hasMessageContaining("a:x");
    assertThatThrownBy(() -> Address.parse("a?tokn=secret")).hasMessageNotContaining("secret");
    assertThat(LinecastClient.to("a").token("secret").options().toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a?secret",
        "a?tokn=\nsecret",
        "a:x?token=\nsecret",
        "a?token=%secret",
        "a?token=secret%zz",
        "a:x?secret",
        "a?token=secret&x=secret",
        "linecasts://?token=secret",
        "LINECASTS://:1?token=secret",
        "::1?token=secret",
        "unix:/a?secret",
        "unix:/a?token=\nsecret",
        "unix:?token=secret"
      })
  void shouldNotShowASecretInAWrongAddress(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("se\"")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/run/linecast/lines", "./lines", "../a b,c:1", "/run/100%/[x]"})
  void shouldReadThePathOfAUnixSocketAsItIs(String path) {
    Address address = Address.parse("unix:" + path + "?token=s%2B+x");
    assertThat(address.servers()).containsExactly(Server.unix(Path.of(path)));
    assertThat(address.servers().get(0).unixPath()).contains(Path.of(path));
    assertThat(address.token()).contains("s++x");
    assertThat(address.channel()).isEmpty();
    assertThat(address.tls()).isFalse();
    assertThat(address).hasToString("unix:" + Path.of(path));
    assertThat(LinecastClient.to("unix:" + path).channel("c").options().address())
        .hasToString("unix:" + Path.of(path) + " (channel c)");
  }

  @Test
  void shouldKnowAUnixSocketFromAHostOfThatName() {
    assertThat(Address.parse("unix:1234/c").servers()).containsExactly(new Server("unix", 1234));
    assertThatThrownBy(() -> new Address(List.of(Server.unix(Path.of("/a"))), NO, NO, true))
        .hasMessageContaining("no TLS on a unix socket");
  }

  @Test
  void shouldKnowWhichSchemeSpeaksTls() {
    assertThat(Address.parse("linecasts://a,b:1/c").tls()).isTrue();
    assertThat(Address.parse("LineCasts://a").tls()).isTrue();
    assertThat(Address.parse("linecast://a").tls()).isFalse();
    assertThat(Address.parse("a:1").tls()).isFalse();
    assertThat(Address.parse("linecasts://a,[::1]:9/c?token=secret"))
        .hasToString("linecasts://a:1234,[::1]:9/c");
    assertThat(LinecastClient.to("linecasts://a").channel("c").token("t").options().address().tls())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/main?token=x%0ASEND%201%20owned%0A",
        "a?token=",
        "a?token=pässwort",
        "a?token=my%20secret",
        "a?token=x%7F",
        "a/caf%C3%A9",
        "a/b%0Ac",
        "a/b%20c"
      })
  void shouldTakeNothingThatWouldNotStandInAHelloAsItIs(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII")
        .hasMessageNotContaining("owned")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldTakeNoOtherFromABuilderEither() {
    ClientBuilder builder = LinecastClient.to("localhost");
    assertThatThrownBy(() -> builder.channel("a\nQUIT"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.token("a b")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":1", "a:", "a:0", "a:65536", "a:-1", "a,", "::1", "a:b:1", "a?x=1", "a?", "unix:",
        "unix:a"
      })
  void shouldSayWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
