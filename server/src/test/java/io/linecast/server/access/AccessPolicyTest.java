package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final Peer SOMEBODY = at("192.0.2.9");

  @TempDir Path folder;

  private static Peer at(String address) {
    return Peer.at(new InetSocketAddress(InetAddress.ofLiteral(address), 4711));
  }

  private static AccessPolicy policy(PlainRights others, String... allowances) {
    List<Allowance> allow = List.of(allowances).stream().map(Allowance::parse).toList();
    return new AccessPolicy(allow, others, Optional.empty(), new Tickets());
  }

  private static PlainRights rightsOf(AccessPolicy policy, Peer peer) {
    return PlainRights.of(policy.strangers(peer), "main");
  }

  @Test
  void shouldLetEverybodyDoEverythingIfNothingIsSaid() {
    assertThat(rightsOf(AccessPolicy.open(), SOMEBODY)).isEqualTo(PlainRights.BOTH);
    assertThat(AccessPolicy.open().strangers(SOMEBODY).mayAdminister()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveTheOthersWhatIsSaidOfThem(PlainRights others) {
    assertThat(rightsOf(policy(others, "10.0.0.0/8"), SOMEBODY)).isEqualTo(others);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, BOTH",
    "192.0.2.1, LISTEN",
    "2001:db8::1, PUBLISH",
    "::ffff:192.0.2.1, LISTEN",
    "203.0.113.1, NONE",
    "10.9.0.1, BOTH",
  })
  void shouldGiveANetworkWhatIsSaidOfIt(String address, PlainRights expected) {
    AccessPolicy policy =
        policy(
            PlainRights.NONE,
            "10.0.0.0/8=listen",
            "10.0.0.0/8=publish",
            "192.0.2.0/24=listen",
            "2001:db8::/32=publish");
    assertThat(rightsOf(policy, at(address))).isEqualTo(expected);
  }

  /** What is said of a network is all that holds there: less than of the others, if so. */
  @Test
  void shouldGiveANetworkLessThanTheOthersIfThatIsSaid() {
    AccessPolicy policy = policy(PlainRights.BOTH, "192.0.2.0/24=listen");
    assertThat(rightsOf(policy, SOMEBODY)).isEqualTo(PlainRights.LISTEN);
  }

  /** The address is that of a proxy, which may be let in for what it tells of others. */
  @Test
  void shouldHaveWhomAProxyHidesInNoNetwork() {
    AccessPolicy policy = policy(PlainRights.NONE, "192.0.2.0/24", "0.0.0.0/0=listen");
    assertThat(rightsOf(policy, SOMEBODY)).isEqualTo(PlainRights.BOTH);
    assertThat(rightsOf(policy, SOMEBODY.hiddenByProxy())).isEqualTo(PlainRights.NONE);
    assertThat(rightsOf(AccessPolicy.open(), SOMEBODY.hiddenByProxy())).isEqualTo(PlainRights.BOTH);
  }

  @Test
  void shouldTrustUnixSocketsAndVerifiedCertificates() {
    AccessPolicy policy = policy(PlainRights.NONE, "192.0.2.0/24=listen");
    assertThat(rightsOf(policy, SOMEBODY.withCertificate("CN=buoy-7"))).isEqualTo(PlainRights.BOTH);
    Peer unix = Peer.byUnixSocket(SOMEBODY.address());
    assertThat(rightsOf(policy, unix)).isEqualTo(PlainRights.BOTH);
    assertThat(policy.strangers(unix).mayAdminister()).isFalse();
  }

  @Test
  void shouldAddATokenToWhatIsAllowedAnyway() throws IOException {
    TokensFile file = new TokensFile(folder.resolve("tokens"));
    String secret = file.add("ann", Set.of(Right.PUBLISH), Set.of("main")).orElseThrow();
    AccessPolicy policy =
        new AccessPolicy(
            List.of(), PlainRights.LISTEN, Optional.of(Tokens.read(file)), new Tickets());
    Visitor ann = policy.bearer(SOMEBODY, secret).orElseThrow();
    assertThat(PlainRights.of(ann.rights(), "main")).isEqualTo(PlainRights.BOTH);
    assertThat(PlainRights.of(ann.rights(), "ships")).isEqualTo(PlainRights.LISTEN);
    assertThat(policy.bearer(SOMEBODY, "lc_wrong")).isEmpty();
    String ticket = policy.tickets().issue(ann.identity().orElseThrow()).orElseThrow();
    assertThat(policy.ticketHolder(SOMEBODY, ticket)).contains(ann);
    assertThat(policy.ticketHolder(SOMEBODY, ticket)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8=", "10.0.0.0/8=none", "10.0.0.0/8=admin", "=both", "x=both"})
  void shouldRefuseAllowancesThatAreNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Allowance.parse(text));
  }

  @Test
  void shouldWriteAnAllowanceAsItIsRead() {
    Allowance allowance = Allowance.parse("10.0.0.0/8");
    assertThat(allowance).hasToString("10.0.0.0/8=both");
    assertThat(Allowance.parse(allowance.toString())).isEqualTo(allowance);
  }
}
