package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TokenCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("tokens").toString();
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Linecast.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int token(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "token";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--tokens";
    all[all.length - 1] = file;
    return execute(all);
  }

  @Test
  void shouldPrintTheTokenAloneAndOnce() throws IOException {
    assertThat(token("add", "ann")).isZero();
    String printed = out.toString();
    assertThat(printed).matches("lc_[A-Za-z0-9_-]{43}\\R");
    assertThat(err.toString()).contains("ann").doesNotContain(printed.strip());
    assertThat(Files.readString(Path.of(file))).doesNotContain(printed.strip());
  }

  @Test
  void shouldListWhatEachAllowsAndNoHash() {
    token("add", "ann");
    token("add", "buoy-7", "--rights", "publish", "--channels", "weather,tides");
    token("add", "prometheus", "--rights", "admin");
    assertThat(token("list")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            ann\tlisten,publish\t*
            buoy-7\tpublish\ttides,weather
            prometheus\tadmin\t*
            """);
  }

  @Test
  void shouldRevokeOneAndKeepTheOthers() {
    token("add", "ann");
    token("add", "bob");
    assertThat(token("revoke", "ann")).isZero();
    assertThat(out.toString()).isEmpty();
    token("list");
    assertThat(out.toString()).startsWith("bob\t").doesNotContain("ann");
  }

  @Test
  void shouldSayThatANameIsTakenOrUnknown() {
    token("add", "ann");
    assertThat(token("add", "ann")).isEqualTo(ExitCode.TOKEN_NAME.code());
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("ann");
    assertThat(token("revoke", "bob")).isEqualTo(ExitCode.TOKEN_NAME.code());
    assertThat(err.toString()).contains("bob");
  }

  @ParameterizedTest
  @CsvSource({
    "ann, --rights, listen;shout",
    "ann, --rights, ''",
    "ann, --channels, a b",
    "ann, --channels, '*,a'",
    "a b, --rights, listen",
    "'', --rights, listen",
  })
  void shouldRefuseWhatMakesNoSense(String name, String option, String value) {
    assertThat(token("add", name, option, value)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).startsWith("linecast: ");
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void shouldSayWhichLineOfTheFileIsWrongAndNotWhatItSays() throws IOException {
    Files.writeString(Path.of(file), "# mine\nann lc_hunter2 listen *\n");
    for (String command : new String[] {"list", "add", "revoke"}) {
      int code = command.equals("list") ? token(command) : token(command, "bob");
      assertThat(code).as(command).isEqualTo(ExitCode.FILE.code());
      assertThat(err.toString()).contains(file, "line 2").doesNotContain("hunter2");
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchFile() {
    assertThat(token("list")).isEqualTo(ExitCode.FILE.code());
    assertThat(err.toString()).contains(file, "no such file");
    assertThat(token("revoke", "ann")).isEqualTo(ExitCode.FILE.code());
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(execute("token")).isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("token", "add", "ann")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "list", "revoke"})
  void shouldShowExamplesAndExitCodes(String command) {
    assertThat(execute("token", command, "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "linecast token " + command, "Exit codes:");
  }
}
