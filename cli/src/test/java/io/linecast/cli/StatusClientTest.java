package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StatusClientTest {

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8234, http://127.0.0.1:8234/api/status",
    "HTTP://a/, http://a/api/status",
    "https://[::1]:1/lines//, https://[::1]:1/lines/api/status",
    "http://a/api/status, http://a/api/status",
  })
  void shouldFindTheStatusOfAPage(String page, String status) {
    assertThat(StatusClient.uri(page)).hasToString(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:8234",
        "localhost:8234",
        "ftp://a",
        "http:",
        "http://",
        "http:///a",
        "http://a b",
        "http://a:99999",
        "http://me@a",
        "http://a?b",
        "http://a#b",
      })
  void shouldRefuseWhatIsNoPage(String page) {
    assertThatThrownBy(() -> StatusClient.uri(page)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellThatOfTheCommandLine() {
    StringWriter err = new StringWriter();
    CommandLine command = Linecast.commandLine();
    command.setErr(new PrintWriter(err, true));
    assertThat(command.execute("top", "127.0.0.1:8234")).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("'127.0.0.1:8234' is no URL of a server's page, such as http://127.0.0.1:8234")
        .contains("linecast top --help");
  }
}
