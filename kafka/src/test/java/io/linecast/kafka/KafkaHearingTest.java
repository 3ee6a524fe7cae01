package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import io.linecast.core.Journals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines are written, and nothing can be heard. */
class KafkaHearingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ResourcePattern TOPIC =
      new ResourcePattern(ResourceType.TOPIC, "lines", PatternType.LITERAL);

  private static final AclBinding ALL = acl(AclOperation.ALL, AclPermissionType.ALLOW);
  private static final AclBinding NO_READING = acl(AclOperation.READ, AclPermissionType.DENY);

  @TempDir Path folder;

  @Test
  void shouldFailWhoIsAnsweredWhileItMayNotReadAndGoOnByItself() throws Exception {
    try (TestBroker broker = TestBroker.prepare(folder).with(withRights())) {
      broker.startAgain();
      try (OpenJournal open = new OpenJournal(broker, "lines", "main", Duration.ofSeconds(10));
          Admin admin = broker.admin()) {
        open.keep("a\n");
        admin.createAcls(List.of(ALL, NO_READING)).all().get();
        await().atMost(PATIENCE).until(() -> !open.journal.isWorking());
        assertThat(open.journal.state().trouble().orElseThrow()).contains("does not allow");
        open.journal.keep(Batches.answered("ann", "answered\n"));
        open.journal.keep(Batches.plain("plain\n"));
        await().atMost(PATIENCE).until(() -> open.told.failed.contains("answered\n"));

        admin.deleteAcls(List.of(NO_READING.toFilter())).all().get();
        await()
            .atMost(PATIENCE)
            .until(() -> open.told.ours.contains("plain") && open.journal.isWorking());
        open.keep("b\n");
        assertThat(open.told.kept).containsExactly("1 a", "2 answered", "3 plain", "4 b");
        assertThat(open.told.ours).containsExactly("a", "plain", "b");
      }
    }
  }

  /** Or whoever has ended its sending would wait for them for ever. */
  @Test
  void shouldWaitForNoLinesThatWereLetGoBeforeTheyWereHeard() throws Exception {
    try (TestBroker broker = TestBroker.prepare(folder).with(withRights())) {
      broker.startAgain();
      try (OpenJournal open = new OpenJournal(broker, "lines", "main", PATIENCE);
          Admin admin = broker.admin()) {
        open.keep("a\n");
        admin.createAcls(List.of(ALL, NO_READING)).all().get();
        await().atMost(PATIENCE).until(() -> !open.journal.isWorking());
        open.journal.keep(Batches.plain("plain\n"));
        TopicPartition partition = new TopicPartition("lines", 0);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    admin
                            .listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset()
                        == 2);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2))).all().get();
        admin.deleteAcls(List.of(NO_READING.toFilter())).all().get();

        await().atMost(PATIENCE).until(() -> open.told.failed.contains("plain\n"));
        await().atMost(PATIENCE).until(() -> open.journal.state().waitingBytes() == 0);
        open.keep("b\n");
        assertThat(open.told.kept).containsExactly("1 a", "2-2 void", "3 b");
      }
    }
  }

  @Test
  void shouldFailWhoIsAnsweredAfterAFaultInHandingBack() {
    try (TestBroker broker = TestBroker.start(folder);
        Journals journals =
            new KafkaJournalProvider()
                .open(OpenJournal.options(broker.brokers(), "lines", PATIENCE));
        Journal journal = journals.of("main")) {
      Faulty faulty = new Faulty();
      journal.open(faulty);
      journal.keep(Batches.plain("a\n"));
      await().atMost(PATIENCE).until(() -> !journal.isWorking());
      journal.keep(Batches.answered("ann", "answered\n"));
      await().atMost(PATIENCE).until(() -> faulty.failed.get() == 1);
      assertThat(journal.state().trouble().orElseThrow()).contains("fault of the program");
    }
  }

  private static final class Faulty implements Journal.Kept {
    final AtomicInteger failed = new AtomicInteger();

    @Override
    public void onKept(Batch lines, long firstLine) {
      throw new IllegalStateException("as asked for");
    }

    @Override
    public void onFailed(Batch lines) {
      failed.addAndGet(lines.lineCount());
    }

    @Override
    public void onStateChanged() {}
  }

  private static Map<String, String> withRights() {
    return Map.of(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found", "true");
  }

  private static AclBinding acl(AclOperation operation, AclPermissionType permission) {
    return new AclBinding(TOPIC, new AccessControlEntry("User:*", "*", operation, permission));
  }
}
