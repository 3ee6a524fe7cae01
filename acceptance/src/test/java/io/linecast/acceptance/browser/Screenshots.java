package io.linecast.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/**
 * Takes the pictures of the page that the docs show, of a server under load: {@code ./test
 * Screenshots}. No test by its name, so that only who asks for it has the pictures anew.
 */
class Screenshots extends InBrowser {
  private static final int BYTES_AT_MOST = 300_000;
  private static final int LISTENERS = 10;

  /** Long enough for the charts to have a shape. */
  private static final long LINES_BEFORE = 25L * Flood.LINES_PER_SECOND;

  private static final Path FOLDER = Path.of("..", "docs", "images");

  @Test
  void shouldShowThePageUnderLoad() throws IOException {
    Files.createDirectories(FOLDER);
    try (ServerUnderTest server = ServerUnderTest.start("--web-port", "0", "--lines", "0=ships");
        Flood flood = Flood.through(server);
        Audience audience = Audience.of(server, LISTENERS);
        LineClient idler = server.connectWithSmallBuffer()) {
      assertThat(idler).as("one who never reads").isNotNull();
      browser.screen(1400, 1300, false);
      LivePage page = LivePage.open(browser, server.web("/"));
      flood.begin();
      page.awaiting("a while under load").until(() -> page.figure("received") > LINES_BEFORE);
      page.send("hello, everybody");
      page.awaiting("the answer").until(() -> page.answer().startsWith("Line "));
      shoot("page-light", "light", page);
      shoot("page-dark", "dark", page);
      browser.screen(390, 844, true);
      shoot("page-phone", "light", page);
      assertThat(audience.isComplete()).as("listeners that stayed to the end").isTrue();
    }
  }

  private static void shoot(String name, String colors, LivePage page) throws IOException {
    browser.prefer(colors);
    long then = page.figure("received");
    page.awaiting("a picture in these colours")
        .until(() -> page.figure("received") > then + Flood.LINES_PER_SECOND);
    byte[] image = browser.driver().getScreenshotAs(OutputType.BYTES);
    Files.write(FOLDER.resolve(name + ".png"), image);
    assertThat(image).as(name).hasSizeLessThan(BYTES_AT_MOST);
  }

  /** Clients that read and do nothing else, each on a thread of its own. */
  private record Audience(List<Socket> sockets, List<Thread> threads) implements AutoCloseable {

    static Audience of(ServerUnderTest server, int count) throws IOException {
      List<Socket> sockets = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket(server.host(), server.port());
        sockets.add(socket);
        threads.add(Thread.ofVirtual().start(() -> hear(socket)));
      }
      return new Audience(sockets, threads);
    }

    private static void hear(Socket socket) {
      try {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException closed) {
        // The pictures have been taken.
      }
    }

    boolean isComplete() {
      return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
      for (Socket socket : sockets) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
