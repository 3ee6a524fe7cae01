package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are many times as long when they are heard, where the window is the smallest. */
@BlackBox
class ShortLinesIT {

  private static final int LINES = 65_536;

  @ParameterizedTest
  @ValueSource(strings = {"stall", "disconnect", "skip"})
  void shouldLapNobodyWhoReadsAllTheTimeForOneBody(String slow) {
    try (ServerUnderTest server =
            ServerUnderTest.start(
                "--web-port", "0", "--window", "1m", "--event-loops", "2", "--slow", slow);
        EventStream browser = EventStream.open(server, "/lines")) {
      CompletableFuture<Void> posted =
          CompletableFuture.runAsync(
              () -> new Posts(server).accepted("/lines", "\n".repeat(LINES)));
      for (int line = 1; line <= LINES; line++) {
        EventStream.Event event = browser.next();
        assertThat(event.type())
            .as("after line %d: %s", line - 1, event.data())
            .isEqualTo("message");
        assertThat(event.id()).endsWith("-" + line);
      }
      posted.join();
    }
  }
}
