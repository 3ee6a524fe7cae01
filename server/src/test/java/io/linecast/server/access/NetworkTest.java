package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1, ::2, false",
    "::ffff:192.0.2.0/120, 192.0.2.9, true",
    "::ffff:192.0.2.0/120, 192.0.3.9, false",
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "::ffff:192.0.2.9, 192.0.2.9, true",
  })
  void shouldContainWhatBeginsAlike(String network, String address, boolean contained) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(contained);
  }

  /** As a socket of both families gives it: not turned into IPv4. */
  @Test
  void shouldKnowAnIpv4AddressWithinIpv6() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    bytes[12] = (byte) 192;
    bytes[14] = 2;
    bytes[15] = 1;
    Inet6Address mapped = Inet6Address.getByAddress(null, bytes, -1);
    assertThat(Network.parse("192.0.2.0/24").contains(mapped)).isTrue();
    assertThat(Network.parse("192.0.3.0/24").contains(mapped)).isFalse();
    assertThat(Network.parse("::/0").contains(mapped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10",
        "10/8",
        "10.1/16",
        "192.0.2.256",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/",
        "192.0.2.0/x",
        "192.0.2.0/24/24",
        "192.0.2.0/+8",
        "2001:db8::/129",
        "2001:db8:::/32",
        "fe80::1%eth0",
        "[::1]",
        "localhost",
        "example.org/24",
        "::ffff:0.0.0.0/95",
        "0x7f.0.0.1",
        "192.0.2.0 /24",
      })
  void shouldSayWhatIsWrong(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7/24, 192.0.2.0/24",
    "10.0.0.1/0, 0.0.0.0/0",
    "2001:db8::1/32, 2001:db8:0:0:0:0:0:0/32",
  })
  void shouldSuggestTheNetworkWhereBitsDoNotCount(String text, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.parse(text))
        .withMessageContaining(meant);
  }

  @Test
  void shouldBeWrittenAsItIsRead() {
    assertThat(Network.parse(" 192.0.2.0/24 ")).hasToString("192.0.2.0/24");
    assertThat(Network.parse("192.0.2.1")).isEqualTo(Network.parse("::ffff:192.0.2.1/128"));
  }
}
