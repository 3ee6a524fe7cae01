package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes and comes. */
class KafkaTroubleTest {

  @TempDir Path folder;

  @Test
  void shouldFailWhoIsAnsweredKeepTheOthersAndGoOnByItself() {
    try (TestBroker broker = TestBroker.start(folder);
        OpenJournal open = new OpenJournal(broker, "lines", "main", Duration.ofSeconds(3))) {
      open.keep("a\n");
      broker.stop();
      open.journal.keep(Batches.plain("plain\n"));
      open.journal.keep(Batches.answered("ann", "answered\n"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> open.told.failed.contains("answered\n") && !open.journal.isWorking());
      assertThat(open.journal.state().trouble().orElseThrow()).contains(broker.brokers());
      assertThat(open.journal.state().failures()).isPositive();
      broker.startAgain();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> open.told.ours.contains("plain") && open.journal.isWorking());
      open.keep("b\n");
      assertThat(open.told.kept.stream().filter(line -> line.endsWith(" plain"))).hasSize(1);
      assertThat(open.told.ours).containsExactly("a", "plain", "b");
      await().until(() -> open.journal.state().waitingBytes() == 0);
    }
  }
}
