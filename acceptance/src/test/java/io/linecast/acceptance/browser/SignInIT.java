package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page of a server that must know who asks. */
class SignInIT extends InBrowser {

  private final TokenStore tokens = TokenStore.empty();
  private String ann;
  private ServerUnderTest server;

  @BeforeEach
  void start() {
    ann = tokens.add("ann");
    server = ServerUnderTest.start("--web-port", "0", "--tokens", tokens.file().toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LivePage open() {
    browser.driver().get(server.web("/").toString());
    LivePage page = new LivePage(browser.driver());
    page.awaiting("the form").until(() -> page.element("sign-in").isDisplayed());
    return page;
  }

  private static void signIn(LivePage page, String token) {
    page.element("sign-in").findElement(By.name("token")).sendKeys(token, Keys.ENTER);
  }

  private static String answer(LivePage page) {
    return page.element("sign-in").findElement(By.tagName("output")).getText();
  }

  @Test
  void shouldAskForATokenAndGoOnWithIt() {
    LivePage page = open();
    signIn(page, "lc_wrong");
    page.awaiting("a refusal").until(() -> answer(page).contains("does not know"));
    page.element("sign-in").findElement(By.name("token")).clear();
    signIn(page, ann);
    page.awaitState("live");
    page.send("with a token");
    page.awaiting("an answer").until(() -> page.answer().contains("sent to"));
    page.awaiting("the line").until(() -> page.lines().contains("with a token"));
    assertThat(page.element("sign-in").isDisplayed()).isFalse();
    assertThat(String.valueOf(page.run("return location.href"))).doesNotContain(ann);
    assertThat(String.valueOf(page.run("return JSON.stringify(localStorage)"))).doesNotContain(ann);
  }

  @Test
  void shouldForgetTheTokenWhenItIsToldTo() {
    LivePage page = open();
    signIn(page, ann);
    page.awaitState("live");
    page.element("sign-out").click();
    page.awaiting("the form").until(() -> page.element("sign-in").isDisplayed());
    assertThat(page.run("return Object.keys(sessionStorage).length")).isEqualTo(0L);
  }

  @Test
  void shouldAskAgainOnceTheTokenIsRevoked() {
    LivePage page = open();
    signIn(page, ann);
    page.awaitState("live");
    tokens.revoke("ann");
    page.awaiting("the form").until(() -> page.element("sign-in").isDisplayed());
    assertThat(answer(page)).contains("not valid any more");
  }
}
