package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.Program;
import io.linecast.acceptance.SearchPath;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The page with a journal that is in trouble, of a stand-in for a server. */
class JournalPageIT extends InBrowser {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path MOCK = Path.of("..", "server", "src", "test", "page", "mock_server.py");
  private static final long PHONE_WIDTH = 390;

  @Test
  void shouldSayWhatIsTheMatterAndThatItIsOver() {
    String python = SearchPath.assumeThereIs("python3").toString();
    try (Program mock = Program.shell("exec $1 $2 --uplot . --port 0", python, MOCK)) {
      await().atMost(PATIENCE).until(() -> mock.stdoutText().endsWith("/\n"));
      LivePage page = LivePage.open(browser, URI.create(mock.stdoutText().strip()));
      page.awaiting("the journal").until(() -> page.text("journal").equals("sqlite"));
      String well = page.style("#journal", "color");
      assertThat(page.texts(".trouble")).isEmpty();

      condition(page, "journal");
      page.awaiting("trouble").until(() -> page.text("journal").equals("sqlite: in trouble"));
      assertThat(page.texts(".trouble"))
          .singleElement()
          .asString()
          .contains("no space left on device")
          .contains("main");
      assertThat(page.style("#journal", "color")).isNotEqualTo(well);
      assertThat(page.element("troubles").findElement(By.tagName("p")).isDisplayed()).isTrue();
      assertThat(page.text("channels-table")).contains("sqlite: in trouble");
      browser.screen(PHONE_WIDTH, 844, true);
      assertThat((Long) page.run("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(PHONE_WIDTH);

      condition(page, "");
      page.awaiting("the end").until(() -> page.texts(".trouble"), List::isEmpty);
      assertThat(page.style("#journal", "color")).isEqualTo(well);
    }
  }

  private static void condition(LivePage page, String is) {
    page.run("fetch('/mock/condition?is=' + arguments[0], {method: 'POST'}); return true", is);
  }
}
