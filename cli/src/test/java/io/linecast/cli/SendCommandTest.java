package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SendCommandTest {

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:1",
        "10.0.0.7:1234",
        "[::1]:1234",
        "a:1,b:2",
        "linecast://a",
        "linecast://a/b",
        "linecasts://a",
        "LINECASTS://a",
        "unix:/run/linecast/lines",
        "unix:./lines?token=x",
        "unix:1234"
      })
  void shouldTakeForAServerWhatEndsInAPortOrIsAUnixSocket(String argument) {
    assertThat(SendCommand.isServer(argument)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "-", "a.txt", "./a:1", "/var/log/a:1234", "a:", "a:b", "unix:lines", "unix:"})
  void shouldTakeForAFileWhatDoesNot(String argument) {
    assertThat(SendCommand.isServer(argument)).isFalse();
  }

  @Test
  void shouldLookForItsFilesBeforeItConnects() {
    assertThat(send("127.0.0.1:1", "/there/is/none")).isEqualTo(ExitCode.FILE.code());
    assertThat(err.toString()).contains("/there/is/none").contains("no such file");
  }

  @Test
  void shouldSayHowAServerIsWrittenWhereAFileIsMissing() {
    assertThat(send("localhost")).isEqualTo(ExitCode.FILE.code());
    assertThat(err.toString()).contains("HOST:PORT");
  }

  @Test
  void shouldRefuseAFolder() {
    assertThat(send("src")).isEqualTo(ExitCode.FILE.code());
    assertThat(err.toString()).contains("folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rate -1",
        "--ack perhaps",
        "--plain --publisher x",
        "--publisher a/b",
        "--wait soon",
        "a:99999",
      })
  void shouldRefuseWhatMakesNoSense(String words) {
    assertThat(send(words.split(" "))).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("linecast: ").contains("linecast send --help");
  }

  private int send(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "send";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine command = Linecast.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(all);
  }
}
