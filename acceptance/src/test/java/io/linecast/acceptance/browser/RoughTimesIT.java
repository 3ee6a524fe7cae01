package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.CuttingProxy;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page with a server that goes, a network that fails, and more lines than can be read. */
class RoughTimesIT extends InBrowser {
  private static final int CUTS = 4;
  private static final int LINES_BETWEEN_CUTS = 400;

  @Test
  void shouldGoOnWithAServerThatWasStartedAnew() {
    String webPort = "" + ServerUnderTest.freePort();
    LivePage page;
    try (ServerUnderTest first = ServerUnderTest.start("--web-port", webPort);
        LineClient sender = first.connect()) {
      page = LivePage.open(browser, first.web("/"));
      sender.send("one", "two", "three");
      page.awaiting("three lines").until(() -> page.figure("received") == 3);
      assertThat(first.stop()).isZero();
      page.awaiting("the loss").until(() -> !page.text("state").equals("Live"));
    }
    try (ServerUnderTest second = ServerUnderTest.start("--web-port", webPort);
        LineClient sender = second.connect()) {
      page.awaitState("live");
      sender.send("four", "five");
      page.awaiting("five lines").until(() -> page.figure("received") == 5);
      assertThat(page.lines()).containsExactly("one", "two", "three", "four", "five");
      assertThat(page.notes())
          .singleElement()
          .asString()
          .startsWith("The server counts its lines anew")
          .contains("from line 4 on");
      page.send("six");
      page.awaiting("what was sent").until(() -> page.lines().contains("six"));
    }
  }

  @Test
  void shouldShowEveryLineOnceOverConnectionsThatAreCut() {
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0");
        CuttingProxy proxy = neverCuttingByItself(server);
        LineClient sender = server.connect()) {
      LivePage page = LivePage.open(browser, URI.create("http://127.0.0.1:" + proxy.port() + "/"));
      int sent = 0;
      for (int cut = 0; cut < CUTS; cut++) {
        for (int i = 0; i < LINES_BETWEEN_CUTS; i++) {
          sender.send("line " + ++sent);
        }
        int connections = proxy.connections();
        proxy.cut();
        sender.send("line " + ++sent);
        page.awaiting("a new connection").until(() -> proxy.connections() > connections);
        page.awaitState("live");
      }
      sender.send("last");
      int lines = sent + 1;
      page.awaiting("all lines").until(() -> page.figure("received") >= lines);

      assertThat(page.figure("received")).isEqualTo(lines);
      assertThat(page.figure("missed")).isZero();
      assertThat(page.notes()).isEmpty();
      assertThat(page.lines()).endsWith("line " + (sent - 1), "line " + sent, "last");
    }
  }

  private static CuttingProxy neverCuttingByItself(ServerUnderTest server) {
    URI web = server.web("/");
    return CuttingProxy.start(new InetSocketAddress(web.getHost(), web.getPort()), 1, 0, 1);
  }

  @Test
  void shouldStayUsableWhenMoreLinesComeThanAnyoneCanRead() {
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0");
        Flood flood = Flood.through(server);
        LineClient listener = server.connect()) {
      LivePage page = LivePage.open(browser, server.web("/"));
      flood.begin();
      page.awaiting("the flood").until(() -> page.figure("received") > 3 * Flood.LINES_PER_SECOND);
      page.awaiting("what is left out").until(() -> page.figure("not-shown") > 0);
      assertThat(page.texts("#lines .left-out")).last().asString().endsWith("not shown");

      page.send("in the midst");
      assertThat(listener.hearThrough("in the midst")).isPositive();
      page.awaiting("the answer").until(() -> page.answer().startsWith("Line "));
      assertThat(flood.isRunning()).isTrue();

      page.element("pause").click();
      page.awaiting("what waits").until(() -> page.figure("waiting") > Flood.LINES_PER_SECOND);
      List<String> read = page.lines();
      assertThat(page.lines()).as("lines that stay while they are read").isEqualTo(read);

      page.element("pause").click();
      long sent = flood.end() + 1;
      page.awaiting("the last of them")
          .until(() -> page.figure("received") + page.figure("missed") == sent);
    }
  }
}
