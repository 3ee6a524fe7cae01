package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A client that stops reading delays nobody. */
@BlackBox
class StuckReaderIT {
  private static final int READERS = 199;
  private static final int SENDERS = 8;
  private static final int LINES_EACH = 600;
  private static final int LINE_BYTES = 3_000;
  private static final int LINES_PER_SECOND = 400;

  @Test
  void shouldDeliverEveryLineToTheOthersWhenOneOfTwoHundredNeverReads(TestReporter reporter) {
    try (ServerUnderTest server = ServerUnderTest.usual();
        LineClient stuck = server.connectWithSmallBuffer()) {
      Fence.gather(server, stuck);
      try (Crowd readers = Crowd.joined(server, READERS)) {
        Load load = new Load(readers.members().subList(0, SENDERS), LINES_EACH, LINE_BYTES);
        load.sendEvenly(LINES_PER_SECOND);
        try {
          readers.awaitLines(load::eligible, Duration.ofSeconds(30));
        } finally {
          double share = 100 * readers.share(load::eligible);
          reporter.publishEntry("share heard by the others", "%.2f %%".formatted(share));
        }
      }
    }
  }

  @Test
  void shouldGiveAClientThatReadsAgainInTimeEverythingItMissed() {
    try (ServerUnderTest server = ServerUnderTest.usual();
        LineClient late = server.connectWithSmallBuffer();
        Crowd readers = Crowd.joined(server, 3)) {
      Fence.gather(server, late);
      Load load = new Load(readers.members().subList(0, 1), 8_000, 1_000);
      load.sendInStep(readers, 1_000);
      List<String> heard = late.hear(load.linesEach());
      for (int i = 0; i < heard.size(); i++) {
        String expected =
            new String(new NumberedLine(0, i).encode(load.lineBytes()), UTF_8).stripTrailing();
        assertThat(heard.get(i)).as("line %d", i).isEqualTo(expected);
      }
    }
  }
}
