package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.broker.FreePorts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server is told who may do what, and what it says of that when it starts. */
@BlackBox
class TokensIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static void assertRefused(int exitCode, String words, String... options) {
    try (Program program = new ServerLauncher().with("--port", "0").with(options).program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(exitCode);
      assertThat(program.output()).startsWith("linecast: ").contains(words);
    }
  }

  @Test
  void shouldNotStartWithoutTheTokensItIsToHave() {
    TokenStore tokens = TokenStore.empty();
    tokens.write("# one\nann lc_pasted listen *\n");
    String wrong = tokens.file().toString();
    String missing = tokens.file().resolveSibling("none").toString();
    assertRefused(Command.FILE, "line 2", "--tokens", wrong);
    assertRefused(Command.FILE, missing, "--tokens", missing);
  }

  @ParameterizedTest
  @CsvSource({
    "--allow, 192.0.2.1/24",
    "--allow, 192.0.2.0/24=shout",
    "--allow, example.org",
    "--plain, some",
    "--hello-time, 0",
  })
  void shouldNameTheOptionThatHasABadValue(String option, String value) {
    assertRefused(2, option, option, value);
  }

  @Test
  void shouldPrintATokenAloneOnStandardOutput() {
    TokenStore tokens = TokenStore.empty();
    String token = tokens.add("ann", "--rights", "listen");
    assertThat(token).matches("lc_[A-Za-z0-9_-]{43}");
    assertThat(tokens.text()).contains("ann ").doesNotContain(token);
    tokens.revoke("ann");
    assertThat(tokens.text()).doesNotContain("ann ");
  }

  @Test
  void shouldSayWhatIsMissingOfAPortThatOthersCanReach() {
    assertThat(saidAtTheStart("--bind", "0.0.0.0")).contains("without TLS", "without identity");
    assertThat(saidAtTheStart("--bind", "0.0.0.0", "--allow", "192.0.2.0/24"))
        .contains("without TLS")
        .doesNotContain("without identity");
    assertThat(saidAtTheStart()).doesNotContain("without");
    assertThat(saidAtTheStart("--allow", "0.0.0.0/0")).doesNotContain("without");
  }

  /** Tokens are sent there as well. */
  @Test
  void shouldSayThatAWebPortThatOthersCanReachIsWithoutTls() {
    String web = String.valueOf(FreePorts.next());
    assertThat(
            saidAtTheStart(
                "--bind", "0.0.0.0", "--web-port", web, "--tls-self-signed", "--tls-off", web))
        .contains("without TLS on port " + web + ":", "(--tls-off)");
    assertThat(saidAtTheStart("--bind", "0.0.0.0", "--web-port", web, "--tls-self-signed"))
        .doesNotContain("without TLS");
    assertThat(
            saidAtTheStart(
                "--bind", "127.0.0.1", "--web-port", web, "--tls-self-signed", "--tls-off", web))
        .doesNotContain("without");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0/0", "::/0", "::ffff:0:0/96", "0.0.0.0/0=listen,0.0.0.0/0=publish"})
  void shouldSayThatANetworkWithEverybodyInItIsNoIdentity(String networks) {
    assertThat(saidAtTheStart("--bind", "0.0.0.0", "--allow", networks))
        .contains("without identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0=listen", "0.0.0.0/0=listen,::/0=publish", "192.0.2.0/24"})
  void shouldNotSayItOfANetworkThatMayDoLess(String networks) {
    assertThat(saidAtTheStart("--bind", "0.0.0.0", "--allow", networks))
        .doesNotContain("without identity");
  }

  private static String saidAtTheStart(String... options) {
    try (ServerUnderTest server = ServerUnderTest.start(options)) {
      Command.awaitWords(server.program(), "try:");
      assertThat(server.stop()).isZero();
      return server.output();
    }
  }

  @Test
  void shouldTakeItsSettingsFromTheEnvironmentToo() {
    TokenStore tokens = TokenStore.empty();
    String token = tokens.add("ann");
    try (ServerUnderTest server =
            new ServerLauncher()
                .environment("LINECAST_TOKENS", tokens.file().toString())
                .environment("LINECAST_ALLOW", "192.0.2.0/24=listen, 2001:db8::/32")
                .environment("LINECAST_PLAIN", "Listen")
                .start();
        LineClient plain = server.connect();
        LineClient bearer = server.connect()) {
      bearer.send("LINECAST/1 by-hand-1 listen=no token=" + token, "SEND 1 hello");
      assertThat(plain.hear()).isEqualTo("hello");
    }
  }
}
