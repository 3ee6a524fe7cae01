package io.linecast.acceptance.browser;

import io.linecast.acceptance.BlackBox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Tests that share a browser, one after the other. */
@BlackBox
@Timeout(180)
abstract class InBrowser {
  static Chromium browser;

  @BeforeAll
  static void startBrowser() {
    browser = Chromium.assumeThereIs();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @AfterEach
  void leave() {
    browser.leave();
  }
}
