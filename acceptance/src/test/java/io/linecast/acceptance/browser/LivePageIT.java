package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page with a server that is well. */
class LivePageIT extends InBrowser {
  private static final int CONNECTIONS_OF_A_BROWSER = 6; // with one server
  private static final long PHONE_WIDTH = 390;
  private static final int TABS_AT_MOST = 30;
  private static final String USABLE =
      "a, button, input, select, textarea, section, form, figure, table, [role=log]";

  private static ServerUnderTest server;

  @BeforeAll
  static void start() {
    server = ServerUnderTest.start("--web-port", "0", "--lines", "0=ships");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static LivePage open() {
    return LivePage.open(browser, server.web("/"));
  }

  @Test
  void shouldLoadWithoutAComplaint() {
    LivePage page = open();

    page.awaiting("the charts")
        .until(
            () -> page.run("return document.querySelectorAll('.plot canvas').length"),
            n -> n.equals(4L));
    assertThat(page.run("return window.violations")).isEqualTo(List.of());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldShowLinesAsTheyCome() {
    LivePage page = open();
    try (LineClient sender = server.connect()) {
      sender.send("one", "gr\u00fcn: \u20ac", "<b>three</b> &amp; \u001b[31m");

      page.awaiting("the lines").until(page::lines, lines -> lines.contains("gr\u00fcn: \u20ac"));
      assertThat(page.lines())
          .endsWith("one", "gr\u00fcn: \u20ac", "<b>three</b> &amp; \u241b[31m");
    }
  }

  @Test
  void shouldShowTheLastLinesToANewcomer() {
    try (LineClient sender = LineClient.joined(server, 1).getFirst()) {
      IntStream.rangeClosed(1, 300).forEach(i -> sender.send("earlier " + i));
      sender.send("now");
    }
    LivePage page = open();

    page.awaiting("the last line").until(() -> page.lines().contains("now"));
    assertThat(page.lines()).hasSize(200).startsWith("earlier 102").endsWith("earlier 300", "now");
    page.awaiting("the count").until(() -> page.figure("received") == 200);
    assertThat(page.figure("missed")).isZero();
  }

  @Test
  void shouldSendWhatIsTyped() {
    LivePage page = open();
    try (LineClient listener = LineClient.joined(server, 1).getFirst()) {
      page.send("from the page: \u20ac");

      assertThat(listener.hear()).isEqualTo("from the page: \u20ac");
      page.awaiting("the answer").until(() -> page.answer().matches("Line [0-9,]+ sent to .*"));
      assertThat(page.element("text").getDomProperty("value")).isEmpty();
      page.awaiting("it to hear itself")
          .until(() -> page.lines().contains("from the page: \u20ac"));
    }
  }

  @Test
  void shouldSayWhatWasRefusedAndKeepIt() {
    LivePage page = open();
    page.run("document.getElementById('text').value = 'x'.repeat(70000); return true");
    page.send("");

    page.awaiting("the refusal").until(() -> page.answer().contains("(413)"));
    assertThat(page.answer()).startsWith("Not sent.").contains("--max-line");
    assertThat(page.element("text").getDomProperty("value")).hasSize(70_000);
  }

  @Test
  void shouldShowAnotherChannel() {
    LivePage page = LivePage.open(browser, server.web("/?channel=ships"));
    try (LineClient ships = server.connectTo("ships");
        LineClient main = server.connect()) {
      main.send("not here");
      ships.send("ahoy");
      page.awaiting("the line").until(() -> page.lines().contains("ahoy"));
      assertThat(page.lines()).doesNotContain("not here");
    }
  }

  @Test
  void shouldTakeNoConnectionAlongThatItsNextVisitWouldNeed() {
    for (int visit = 0; visit <= CONNECTIONS_OF_A_BROWSER; visit++) {
      assertThat(open().text("state")).isEqualTo("Live");
      browser.driver().get("about:blank");
    }
    browser.driver().navigate().back();

    LivePage page = new LivePage(browser.driver());
    page.awaitState("live");
    try (LineClient sender = server.connect()) {
      sender.send("come back");
      page.awaiting("the line").until(() -> page.lines().contains("come back"));
    }
  }

  @Test
  void shouldHaveTheColoursThatItsReaderPrefers() {
    browser.prefer("light");
    LivePage page = open();
    String light = page.style("body", "background-color");
    String onLight = page.style("body", "color");
    browser.prefer("dark");

    page.awaiting("other colours")
        .until(() -> !page.style("body", "background-color").equals(light));
    assertThat(page.style("body", "color")).isNotEqualTo(onLight);
  }

  @Test
  void shouldFitOnAPhone() {
    browser.screen(PHONE_WIDTH, 844, true);
    LivePage page = open();
    try (LineClient sender = server.connect()) {
      sender.send("wide ".repeat(100), "w".repeat(3_000));
      page.awaiting("the lines").until(() -> String.join(" ", page.lines()).contains("wwww"));
    }
    assertThat(page.run("return innerWidth")).isEqualTo(PHONE_WIDTH);
    assertFits(page);
  }

  private static void assertFits(LivePage page) {
    for (String what : List.of("document.documentElement", "document.getElementById('lines')")) {
      assertThat((Long) page.run("return " + what + ".scrollWidth"))
          .as("width of %s, which is to need no scrolling", what)
          .isLessThanOrEqualTo(PHONE_WIDTH);
    }
  }

  @Test
  void shouldShowTheFiguresOfTheServer() {
    LivePage page = open();
    try (LineClient sender = server.connect();
        LineClient idler = server.connectTo("ships")) {
      page.awaiting("lines a second, of two clients")
          .until(
              () -> {
                sender.send("counted");
                return page.figure("lines-in") > 0 && page.figure("wire-plain") == 2;
              });
      assertThat(page.figure("wire-events")).isPositive();
      assertThat(page.text("next-line")).matches("next is line [0-9,]+");
      assertThat(page.text("channels-table")).contains("main").contains("ships");
      idler.leave();
    }
    browser.screen(PHONE_WIDTH, 844, true);
    assertFits(page);
    page.element("channel").findElement(By.cssSelector("option[value=ships]")).click();

    page.awaiting("the channel in the address")
        .until(() -> browser.driver().getCurrentUrl().endsWith("?channel=ships"));
  }

  @Test
  void shouldBeUsableWithKeysAlone() {
    LivePage page = open();
    Actions keys = new Actions(browser.driver());
    Set<String> passed = new HashSet<>();
    for (int i = 0; i < TABS_AT_MOST && !passed.contains("text"); i++) {
      keys.sendKeys(Keys.TAB).perform();
      WebElement focused = browser.driver().switchTo().activeElement();
      passed.add(String.valueOf(focused.getDomAttribute("id")));
    }
    assertThat(passed).contains("pause", "clear", "filter", "lines", "text");

    try (LineClient listener = LineClient.joined(server, 1).getFirst()) {
      keys.sendKeys("by keys", Keys.ENTER).perform();
      assertThat(listener.hear()).isEqualTo("by keys");
    }
    page.awaiting("the answer").until(() -> page.answer().startsWith("Line "));
  }

  @Test
  void shouldNameEverythingThatCanBeUsed() {
    LivePage page = open();
    List<String> unnamed = new ArrayList<>();
    List<WebElement> found = browser.driver().findElements(By.cssSelector(USABLE));
    for (WebElement control : found) {
      if (control.isDisplayed() && control.getAccessibleName().isBlank()) {
        unnamed.add(control.getAriaRole() + " #" + control.getDomAttribute("id"));
      }
    }
    assertThat(found).hasSizeGreaterThan(10);
    assertThat(unnamed).as("what a screen reader has no name for").isEmpty();
    assertThat(page.element("text").getAccessibleName()).isEqualTo("Send to this channel");
  }
}
