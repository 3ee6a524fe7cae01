package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandTest {

  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"serve", "send", "listen", "chat", "top", "token", "journal", "bench"})
  void shouldDescribeEveryOptionOfACommandAndShowExamples(String name) {
    CommandLine command = Linecast.commandLine().getSubcommands().get(name);
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(command.getUsageMessage()).contains("Examples:").contains("linecast " + name);
  }

  @Test
  void shouldShowHelpWithExamples() {
    assertThat(execute("--help")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString())
        .contains(
            "serve", "send", "listen", "chat", "top", "token", "journal", "nc 127.0.0.1 1234");
  }

  @Test
  void shouldPrintACompletionScriptThatKnowsTheOptions() {
    assertThat(execute("completion")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString())
        .contains(
            "complete -F",
            "--max-line",
            "--publisher",
            "--fail-on-gap",
            "--last",
            "--once",
            "revoke",
            "export");
  }

  @Test
  void shouldGiveEveryExitCodeOnce() {
    assertThat(ExitCode.values()).extracting(ExitCode::code).doesNotHaveDuplicates();
  }

  private int execute(String... arguments) {
    CommandLine command = Linecast.commandLine();
    command.setOut(new PrintWriter(out, true));
    return command.execute(arguments);
  }
}
