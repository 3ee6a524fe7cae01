package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class IdentityFlagsTest {

  private static final String SECRET = "lc_Hush";

  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  /** A command that has these flags alone. */
  @Command(name = "try")
  private static final class Trial {
    @Mixin private final IdentityFlags identity;

    Trial(Map<String, String> environment) {
      identity = new IdentityFlags(environment);
    }
  }

  private static Optional<String> token(Map<String, String> environment, String... arguments) {
    Trial trial = new Trial(environment);
    CommandLine command = new CommandLine(trial);
    command.parseArgs(arguments);
    return trial.identity.token(command);
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("token"), content).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lc_Hush", "lc_Hush\n", " lc_Hush \r\nanother\n"})
  void shouldTakeTheFirstLineOfAFile(String content) throws IOException {
    assertThat(token(Map.of(), "--token-file", file(content))).contains(SECRET);
  }

  @Test
  void shouldTakeTheEnvironmentsWhereNoFileIsNamed() throws IOException {
    Map<String, String> environment = Map.of(IdentityFlags.TOKEN_VARIABLE, "another");
    assertThat(token(environment)).contains("another");
    assertThat(token(environment, "--token-file", file(SECRET))).contains(SECRET);
    assertThat(token(Map.of())).isEmpty();
    assertThat(token(Map.of(IdentityFlags.TOKEN_VARIABLE, ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\nlc_Hush", "lc_Hush again", "lc_Hush\u00e4", "lc_Hush\u0000"})
  void shouldNotRepeatWhatIsNoToken(String content) throws IOException {
    String file = file(content);
    assertThatThrownBy(() -> token(Map.of(), "--token-file", file))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(file)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void shouldNotRepeatWhatIsNoTokenOfTheEnvironment() {
    assertThatThrownBy(() -> token(Map.of(IdentityFlags.TOKEN_VARIABLE, "lc_Hush lc_Hush")))
        .hasMessageContaining(IdentityFlags.TOKEN_VARIABLE)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void shouldReadNoMoreOfAFileThanATokenCanHave() throws IOException {
    String file = file("x".repeat(1 << 20));
    assertThatThrownBy(() -> token(Map.of(), "--token-file", file))
        .isInstanceOf(ParameterException.class);
  }

  @Test
  void shouldSayWhichFileCannotBeRead() {
    String none = folder.resolve("none").toString();
    assertThatThrownBy(() -> token(Map.of(), "--token-file", none))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read the token's file " + none + ": there is no such file or folder");
    assertThat(execute("listen", "linecasts://127.0.0.1:1", "--tls-ca", none))
        .isEqualTo(ExitCode.FILE.code());
    assertThat(err.toString()).contains("cannot read " + none);
  }

  @Test
  void shouldRefuseAFileWithoutCertificates() throws IOException {
    String file = file("hello");
    assertThat(execute("listen", "linecasts://127.0.0.1:1", "--tls-ca", file))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains(file + " has no certificate as PEM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen 127.0.0.1:1 --tls-ca ca.pem",
        "listen linecast://127.0.0.1:1 --tls-cert a --tls-key b",
        "listen linecasts://127.0.0.1:1 --tls-cert a",
        "listen --plain 127.0.0.1:1 --tls-ca ca.pem",
        "listen --plain 127.0.0.1:1 --token-file t",
        "send --plain 127.0.0.1:1 --token-file t pom.xml",
        "send linecasts://127.0.0.1:1 --tls-key a pom.xml",
        "chat 127.0.0.1:1 --tls-ca ca.pem",
        "top http://127.0.0.1:1 --tls-ca ca.pem",
      })
  void shouldRefuseWhatMakesNoSense(String words) {
    String[] arguments = words.split(" ");
    assertThat(execute(arguments)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("linecast " + arguments[0] + " --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen linecast://a:x?token=lc_Hush",
        "listen linecasts://a?lc_Hush",
        "listen linecast://a?token=%lc_Hush",
        "send LINECASTS://a:x/?token=lc_Hush",
        "send linecast://a?token=lc_Hush%20x",
        "chat http://a?token=lc_Hush",
        "top http://a/?token=lc_Hush",
        "top http://a/?token=%lc_Hush",
        "top http://lc_Hush@a/",
        "top lc_Hush@a/?x",
      })
  void shouldNotRepeatATokenThatStandsInAWrongAddress(String words) {
    assertThat(execute(words.split(" "))).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).isNotEmpty().doesNotContain(SECRET);
  }

  private int execute(String... arguments) {
    CommandLine command = Linecast.commandLine();
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
