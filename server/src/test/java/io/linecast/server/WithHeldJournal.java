package io.linecast.server;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Tests of a server whose journal does what a test says. */
@Timeout(60)
abstract class WithHeldJournal {

  MonitoredServer server;
  HeldJournal journal;

  @BeforeEach
  final void start(TestInfo test) {
    String place = getClass().getSimpleName() + "-" + test.getDisplayName();
    server =
        new MonitoredServer(
            ServerOptions.builder()
                .journal(HeldJournals.at(place))
                .eventLoops(2)
                .drain(Duration.ofSeconds(20)));
    journal = HeldJournals.of(place, "main");
  }

  @AfterEach
  final void stop() throws IOException {
    journal.recover();
    journal.release();
    server.close();
  }
}
