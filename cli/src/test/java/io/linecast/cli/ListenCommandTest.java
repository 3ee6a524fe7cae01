package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ListenCommandTest {

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--count=-1",
        "--from=yesterday",
        "--epoch=e1",
        "--from=oldest --epoch=e1",
        "--from=1 --epoch=",
        "--plain --seq",
        "--wait=soon",
      })
  void shouldRefuseWhatMakesNoSense(String words) {
    assertThat(listen(words.split(" "))).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("linecast: ").contains("linecast listen --help");
  }

  private int listen(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "listen";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandLine command = Linecast.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(all);
  }
}
