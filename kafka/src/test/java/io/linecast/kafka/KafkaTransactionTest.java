package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program's transaction that does not end. */
class KafkaTransactionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void shouldSayWhoHoldsLinesUpFailWhoIsAnsweredAndGoOnByItself() throws Exception {
    try (TestBroker broker = TestBroker.start(folder);
        OpenJournal open = new OpenJournal(broker, "lines", "main", Duration.ofSeconds(10));
        Producer<byte[], byte[]> foreign = transactional(broker)) {
      open.keep("a\n");
      foreign.beginTransaction();
      foreign.send(record("f")).get();
      open.journal.keep(Batches.answered("ann", "answered\n"));
      open.journal.keep(Batches.plain("plain\n"));
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.failed.contains("answered\n") && !open.journal.isWorking());
      assertThat(open.journal.state().trouble().orElseThrow())
          .contains("transaction open in partition 0 of topic lines since offset 1")
          .contains("--start-offset 1");
      await().atMost(PATIENCE).until(() -> open.journal.state().lagLines() == 3);
      assertThat(open.journal.state().failures()).isEqualTo(1);
      assertThat(open.told.kept).containsExactly("1 a");

      foreign.commitTransaction();
      await()
          .atMost(PATIENCE)
          .until(() -> open.told.ours.contains("plain") && open.journal.isWorking());
      open.keep("b\n");
      assertThat(open.told.kept.stream().filter(line -> !line.endsWith("void")))
          .containsExactly("1 a", "2 f", "3 answered", "4 plain", "6 b");
      assertThat(open.told.ours).containsExactly("a", "plain", "b");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  open.journal.state().lagLines() == 0 && open.journal.state().waitingBytes() == 0);
    }
  }

  @Test
  void shouldBeNoTroubleWhileNoOwnLineWaits() {
    Holdup holdup = new Holdup(new TopicPartition("lines", 0), Duration.ofSeconds(5));
    long second = Duration.ofSeconds(1).toNanos();
    assertThat(holdup.onLook(1, 2, false, 0)).isFalse();
    assertThat(holdup.onLook(1, 2, false, 60 * second)).isFalse();
    assertThat(holdup.onLook(1, 3, true, 61 * second)).isFalse();
    assertThat(holdup.onLook(1, 3, true, 65 * second)).isFalse(); // it waits for four seconds
    assertThat(holdup.onLook(1, 3, true, 66 * second)).isTrue();
    assertThat(holdup.isThere()).isTrue();
    assertThat(holdup.onLook(1, 3, false, 66 * second)).isFalse(); // who waited was told
    assertThat(holdup.isThere()).isTrue();
    assertThat(holdup.onLook(2, 3, true, 67 * second)).isTrue();
    assertThat(holdup.isThere()).isFalse();
    assertThat(holdup.onLook(2, 4, true, 71 * second)).isFalse();
    assertThat(holdup.onLook(2, 4, true, 72 * second)).isTrue();
    assertThat(holdup.onLook(4, 4, true, 73 * second)).isTrue();
    assertThat(holdup.trouble()).isEmpty();
    assertThat(holdup.times()).isEqualTo(2);
  }

  private static Producer<byte[], byte[]> transactional(TestBroker broker) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.brokers(),
            "transactional.id",
            "foreign",
            "transaction.timeout.ms",
            600_000);
    Producer<byte[], byte[]> made =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    made.initTransactions();
    return made;
  }

  private static ProducerRecord<byte[], byte[]> record(String line) {
    return new ProducerRecord<>("lines", 0, null, line.getBytes(StandardCharsets.US_ASCII));
  }
}
