package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.broker.Door;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes and comes. */
class KafkaTroubleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FETCH_WAIT =
      Duration.ofMillis(ConsumerConfig.DEFAULT_FETCH_MAX_WAIT_MS);

  @TempDir Path folder;

  @Test
  void shouldFailWhoIsAnsweredKeepTheOthersAndGoOnByItself() {
    try (TestBroker broker = TestBroker.start(folder);
        OpenJournal open = new OpenJournal(broker, "lines", "main", Duration.ofSeconds(10))) {
      open.keep("a\n");
      broker.stop();
      open.journal.keep(Batches.plain("plain\n"));
      open.journal.keep(Batches.answered("ann", "answered\n"));
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.failed.contains("answered\n") && !open.journal.isWorking());
      assertThat(open.journal.state().trouble().orElseThrow()).contains(broker.brokers());
      assertThat(open.journal.state().failures()).isPositive();
      broker.startAgain();
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.ours.contains("plain") && open.journal.isWorking());
      open.keep("b\n");
      assertThat(open.told.kept.stream().filter(line -> line.endsWith(" plain"))).hasSize(1);
      assertThat(open.told.ours).containsExactly("a", "plain", "b");
      await().atMost(PATIENCE).until(() -> open.journal.state().waitingBytes() == 0);
    }
  }

  @Test
  void shouldPassOverWhatWasLetGoBeforeItWasHeard() throws Exception {
    try (TestBroker broker = TestBroker.start(folder);
        Door door = broker.openDoor();
        OpenJournal open =
            new OpenJournal(broker.brokersThroughDoor(), "lines", "main", Duration.ofSeconds(30));
        Admin admin = broker.admin()) {
      open.keep("a\n");
      door.shut();
      // A fetch that waits at the broker would be answered with the lines that come next; one that
      // was passed on just before may get there still.
      await().during(FETCH_WAIT).atMost(PATIENCE).until(() -> waitingFetches() == 0);
      try (OpenJournal other = new OpenJournal(broker, "lines")) {
        other.keep("b\nc\nd\ne\nf\n");
      }
      TopicPartition partition = new TopicPartition("lines", 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4))).all().get();
      door.open();
      open.awaitLine(6);
      assertThat(open.told.kept).containsExactly("1 a", "2-4 void", "5 e", "6 f");
      assertThat(open.journal.isWorking()).isTrue();
      assertThat(open.journal.history().oldest()).isEqualTo(5);
    }
  }

  /** How many the broker, which is in this process, has not answered yet. */
  private static int waitingFetches() throws JMException {
    ObjectName name =
        new ObjectName(
            "kafka.server:type=DelayedOperationPurgatory,name=NumDelayedOperations,delayedOperation=Fetch");
    return (int) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Value");
  }

  /** As a network that is gone: nobody is told, and what is under way comes later. */
  @Test
  void shouldFailWhoIsAnsweredWhereItIsCutOffAndGoOnByItself() {
    try (TestBroker broker = TestBroker.start(folder);
        Door door = broker.openDoor();
        OpenJournal open =
            new OpenJournal(broker.brokersThroughDoor(), "lines", "main", Duration.ofSeconds(10));
        OpenJournal other = new OpenJournal(broker, "lines")) {
      open.keep("a\n");
      door.shut();
      open.journal.keep(Batches.plain("plain\n"));
      open.journal.keep(Batches.answered("ann", "answered\n"));
      other.keep("elsewhere\n");
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.failed.contains("answered\n") && !open.journal.isWorking());
      assertThat(open.told.kept).containsExactly("1 a");

      door.open();
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.ours.contains("plain") && open.journal.isWorking());
      open.keep("b\n");
      other.awaitLine(open.told.lastLine);
      assertThat(open.told.kept.stream().filter(line -> line.endsWith(" elsewhere"))).hasSize(1);
      assertThat(open.told.kept.stream().filter(line -> line.endsWith(" plain"))).hasSize(1);
      assertThat(open.told.ours).containsSubsequence("a", "plain", "b");
    }
  }
}
