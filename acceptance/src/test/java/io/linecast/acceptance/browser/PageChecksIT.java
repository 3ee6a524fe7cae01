package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.Program;
import io.linecast.acceptance.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The checks of the page's logic, which need a browser and its stand-in for a server. */
class PageChecksIT extends InBrowser {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path MOCK = Path.of("..", "server", "src", "test", "page", "mock_server.py");

  @Test
  void shouldPassAllThatThereAre() {
    String python = SearchPath.assumeThereIs("python3").toString();
    try (Program mock = Program.shell("exec $1 $2 --uplot . --port 0", python, MOCK)) {
      await().atMost(PATIENCE).until(() -> mock.stdoutText().endsWith("/\n"));
      browser.driver().get(mock.stdoutText().strip() + "checks/checks.html");
      await().atMost(PATIENCE).until(() -> browser.driver().getTitle().contains("passed"));

      LivePage checks = new LivePage(browser.driver());
      assertThat(browser.driver().getTitle())
          .as(checks.text("report"))
          .matches("[1-9][0-9]* passed, 0 failed");
    }
  }
}
