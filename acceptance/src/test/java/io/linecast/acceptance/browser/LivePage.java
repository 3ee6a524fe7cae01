package io.linecast.acceptance.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page as a reader has it: what can be seen on it, and done with it. For one thread. */
final class LivePage {

  /** Enough for a machine that has other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ChromeDriver driver;

  /** The page that is open already. */
  LivePage(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens the page, and waits until it hears lines. */
  static LivePage open(Chromium browser, URI address) {
    browser.driver().get(address.toString());
    LivePage page = new LivePage(browser.driver());
    page.awaitState("live");
    return page;
  }

  /** Waiting for what the page shows. */
  ConditionFactory awaiting(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
  }

  void awaitState(String state) {
    awaiting("state " + state)
        .until(() -> state.equals(element("state").getDomAttribute("data-state")));
  }

  WebElement element(String id) {
    return driver.findElement(By.id(id));
  }

  /** The text of an element, be it in view or not; empty if it is hidden. */
  String text(String id) {
    return element(id).getText();
  }

  /** The figure within an element's text. */
  long figure(String id) {
    String digits = text(id).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? -1 : Long.parseLong(digits);
  }

  /** The texts of the lines in the pane, the oldest first. */
  List<String> lines() {
    return texts("#lines .text");
  }

  /** What the page itself says between the lines. */
  List<String> notes() {
    return texts("#lines .note");
  }

  /** What all elements say that a selector finds. */
  List<String> texts(String selector) {
    Object found =
        run(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
            selector);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  /** Types a line and sends it. */
  void send(String line) {
    element("text").sendKeys(line, Keys.ENTER);
  }

  /** What became of what was sent. */
  String answer() {
    return driver.findElement(By.cssSelector("#send output")).getText();
  }

  /** A style as it comes out, such as a colour. */
  String style(String selector, String property) {
    return driver.findElement(By.cssSelector(selector)).getCssValue(property);
  }

  /** What a script says, which must be something. */
  Object run(String script, Object... arguments) {
    return Objects.requireNonNull(driver.executeScript(script, arguments), script);
  }
}
