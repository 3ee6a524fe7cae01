package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.server.StartException.Reason;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindAddressesTest {

  @Test
  void shouldKeepTheMainAddressFirst() {
    assertThat(bound("127.0.0.2", "[::1]", "127.0.0.1").all())
        .containsExactly(at("127.0.0.2"), at("::1"), at("127.0.0.1"));
  }

  @Test
  void shouldLeaveIpv4ToAnIpv4AddressThatIsNamed() {
    assertThat(bound("::").isIpv6Only(at("::"))).isFalse();
    assertThat(bound("127.0.0.1", "::").isIpv6Only(at("::"))).isTrue();
    assertThat(bound("127.0.0.1", "::").isIpv6Only(at("127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'127.0.0.1,127.0.0.1', 127.0.0.1 is named twice",
    "'0.0.0.0,127.0.0.1', one has the other in it",
    "'::1,::', one has the other in it",
    "'fe80::1', say which: fe80::1%eth0",
    "'', an address is empty",
  })
  void shouldSayWhyAddressesMakeNoSense(String addresses, String why) {
    assertThatThrownBy(() -> bound(addresses.split(",")))
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.USAGE))
        .hasMessageStartingWith("--bind: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1%nowhere0, this machine has no interface nowhere0",
    "no such host, there is no host called 'no such host'",
  })
  void shouldSayThatThereIsNoSuchAddress(String address, String why) {
    assertThatThrownBy(() -> bound(address))
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_ADDRESS))
        .hasMessageContaining(why);
  }

  @Test
  void shouldSayThatNioCannotKeepAnAddressToIpv6() {
    assertThatThrownBy(() -> BindAddresses.of(List.of("127.0.0.1", "::"), Transport.NIO))
        .hasMessageContaining("transport nio");
    assertThat(BindAddresses.of(List.of("::"), Transport.NIO).all()).hasSize(1);
  }

  private static BindAddresses bound(String... addresses) {
    return BindAddresses.of(List.of(addresses), Transport.EPOLL);
  }

  private static InetAddress at(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
