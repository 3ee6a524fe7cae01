package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandTest {

  private final StringWriter out = new StringWriter();

  @Test
  void shouldDescribeEveryOptionOfServe() {
    CommandLine serve = new CommandLine(new ServeCommand());
    for (OptionSpec option : serve.getCommandSpec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
    }
    assertThat(serve.getUsageMessage()).contains("Examples:").contains("linecast serve");
  }

  @Test
  void shouldShowHelpWithExamples() {
    assertThat(execute("--help")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("serve").contains("nc 127.0.0.1 1234");
  }

  @Test
  void shouldPrintACompletionScriptThatKnowsTheOptions() {
    assertThat(execute("completion")).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("complete -F").contains("--max-line");
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
