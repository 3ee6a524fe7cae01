package io.linecast.acceptance.browser;

import io.linecast.acceptance.SearchPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The machine's Chromium without a window, in a profile of its own. For one thread. */
final class Chromium implements AutoCloseable {

  /** Kept, because a logger that nobody holds forgets its level. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");

  /** Told of by the page's own listener, because the log says it in words that change. */
  private static final String WATCH_POLICY =
      "window.violations = []; addEventListener('securitypolicyviolation',"
          + " event => violations.push(`${event.violatedDirective} ${event.blockedURI}`));";

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it. Skips the test where there is none: nothing is downloaded. */
  static Chromium assumeThereIs() {
    Path browser = SearchPath.assumeThereIs("chromium", "chromium-browser", "google-chrome");
    Path program = SearchPath.assumeThereIs("chromedriver");
    // It knows no newer browser's debugging protocol, and warns of that; nothing here needs it.
    DRIVER_LOG.setLevel(Level.SEVERE);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program.toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options(browser));
    Chromium chromium = new Chromium(driver);
    chromium.tell("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH_POLICY));
    return chromium;
  }

  private static ChromeOptions options(Path browser) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root, as in a container, has none
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-proxy-server",
        "--window-size=1400,1000");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** A command of the browser's debugging protocol. */
  void tell(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** What the reader's system is set to. */
  void prefer(String colorScheme) {
    tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
  }

  /** Has a screen of another size, in units of the page. */
  void screen(long width, long height, boolean isPhone) {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isPhone));
  }

  /** What it has complained of since it was last asked. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Leaves the page, so that its server is alone, and is as it was at first. */
  void leave() {
    driver.get("about:blank");
    tell("Emulation.clearDeviceMetricsOverride", Map.of());
    tell("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    complaints();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
