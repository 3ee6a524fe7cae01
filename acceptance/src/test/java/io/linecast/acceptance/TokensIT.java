package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    try (ServerUnderTest server = ServerUnderTest.start("--bind", "0.0.0.0")) {
      Command.awaitWords(server.program(), "try:");
      assertThat(server.output()).contains("without TLS", "without identity");
    }
    try (ServerUnderTest server =
        ServerUnderTest.start("--bind", "0.0.0.0", "--allow", "192.0.2.0/24")) {
      Command.awaitWords(server.program(), "try:");
      assertThat(server.output()).contains("without TLS").doesNotContain("without identity");
    }
    try (ServerUnderTest server = ServerUnderTest.start()) {
      Command.awaitWords(server.program(), "try:");
      assertThat(server.output()).doesNotContain("without");
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
