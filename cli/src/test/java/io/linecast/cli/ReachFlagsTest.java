package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.ServerOptions;
import io.linecast.server.access.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReachFlagsTest {

  @ParameterizedTest
  @CsvSource({
    "/run/lines, /run/lines, main",
    "/run/lines=ships, /run/lines, ships",
    "/run/a=b/lines, /run/a=b/lines, main",
    "/run/a=b=ships, /run/a=b, ships",
    "lines, lines, main",
  })
  void shouldTellAPathFromAChannel(String value, String path, String channel) {
    assertThat(parse("--unix", value).reach().unix())
        .containsExactly(new UnixSocket(path, channel));
  }

  @Test
  void shouldTakeSeveralOfEach() {
    ServerOptions options =
        parse(
            "--bind",
            "::1,127.0.0.1",
            "--bind",
            "127.0.0.2",
            "--unix",
            "/run/a,/run/b",
            "--unix",
            "/run/c",
            "--proxy-from",
            "192.0.2.0/24,::1",
            "--proxy-from",
            "192.0.2.1");

    assertThat(options.bind()).containsExactly("::1", "127.0.0.1", "127.0.0.2");
    assertThat(options.reach().unix())
        .extracting(UnixSocket::path)
        .containsExactly("/run/a", "/run/b", "/run/c");
    assertThat(options.reach().proxyFrom())
        .containsExactly(
            Network.parse("192.0.2.0/24"), Network.parse("::1"), Network.parse("192.0.2.1"));
  }

  @Test
  void shouldReadAModeInOctal() {
    assertThat(parse().reach().unixMode()).isEqualTo(0660);
    assertThat(parse("--unix-mode", "600").reach().unixMode()).isEqualTo(0600);
    assertThat(parse("--unix-mode", "0777").reach().unixMode()).isEqualTo(0777);
  }

  @ParameterizedTest
  @CsvSource({
    "--unix-mode, 0680, 0680' is no mode",
    "--unix-mode, 1777, 1777' is no mode",
    "--unix, /run/a=, s name is 1 to 64",
    "--unix, =ships, unix needs a path",
    "--proxy-from, example.org, example.org' is no network",
    "--unix-owner, a:b:c, unix-owner is USER",
  })
  void shouldSayWhatIsWrong(String option, String value, String words) {
    assertThatThrownBy(() -> parse(option, value))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining(words);
  }

  private static ServerOptions parse(String... arguments) {
    ServeCommand command = new ServeCommand();
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs(arguments);
    return command.options();
  }
}
