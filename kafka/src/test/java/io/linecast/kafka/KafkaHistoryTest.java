package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What others have written, and what is read again. */
class KafkaHistoryTest {

  @TempDir static Path folder;

  private static TestBroker broker;

  private String topic;

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.start(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameTopic(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
  }

  private Producer<byte[], byte[]> foreign(String compression, String transaction) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.brokers());
    settings.put("compression.type", compression);
    if (!transaction.isEmpty()) {
      settings.put("transactional.id", transaction);
    }
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private ProducerRecord<byte[], byte[]> record(String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.US_ASCII);
    return new ProducerRecord<>(topic, 0, null, bytes);
  }

  @Test
  void shouldReadLinesAgainAsManyAsThereIsRoomFor() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      assertThat(open.journal.history().oldest()).isEqualTo(Long.MAX_VALUE);
      open.keep("a\nbb\nccc\n");
      assertThat(open.journal.history().oldest()).isEqualTo(1);
      assertThat(open.read(1, 100)).isEqualTo("1+3 a\nbb\nccc\n");
      assertThat(open.read(2, 2)).isEqualTo("2+1 bb\n");
      assertThat(open.read(1, 100, 5)).isEqualTo("1+2 a\nbb\n");
      assertThat(open.read(3, 100, 3)).isEqualTo("3+0 ");
      assertThat(open.read(4, 9)).isEqualTo("10+0 ");
      assertThat(open.journal.history().lineAt(Instant.EPOCH)).isEqualTo(1);
      assertThat(open.journal.history().lineAt(Instant.now().plusSeconds(60)))
          .isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void shouldServeWhatOthersWriteHoweverItIsCompressed() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      long line = 0;
      for (String compression : new String[] {"none", "gzip", "snappy", "lz4", "zstd"}) {
        try (Producer<byte[], byte[]> producer = foreign(compression, "")) {
          producer.send(record(compression)).get();
        }
        open.awaitLine(++line);
      }
      assertThat(open.told.kept).containsExactly("1 none", "2 gzip", "3 snappy", "4 lz4", "5 zstd");
      assertThat(open.told.sources).containsOnly("kafka");
      assertThat(open.read(1, 5)).isEqualTo("1+5 none\ngzip\nsnappy\nlz4\nzstd\n");
    }
  }

  @Test
  void shouldGiveNumbersToLinesOnly() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic);
        Producer<byte[], byte[]> producer = foreign("none", "")) {
      producer.send(record("a"));
      producer.send(record(null));
      producer.send(record("two\nlines"));
      producer.send(record("x".repeat(OpenJournal.MAX_LINE_BYTES)));
      producer.send(record("x".repeat(OpenJournal.MAX_LINE_BYTES - 1)));
      producer.send(record("b")).get();
      open.awaitLine(6);
      assertThat(open.told.kept).startsWith("1 a").endsWith("6 b");
      // They may come by one or several answers of the broker.
      assertThat(open.told.kept.stream().filter(each -> each.endsWith(" void")))
          .first(STRING)
          .startsWith("2-");
      assertThat(open.told.kept.stream().filter(each -> each.endsWith(" void")))
          .last(STRING)
          .endsWith("-4 void");
      assertThat(open.told.kept.stream().filter(each -> !each.endsWith(" void"))).hasSize(3);
      assertThat(open.read(1, 6)).startsWith("1+3(1:3) a\nx").endsWith("x\nb\n");
      assertThat(open.read(1, 6, 2)).isEqualTo("1+1(1:3) a\n");
      assertThat(open.read(1, 3)).isEqualTo("1+1(1:2) a\n");
      assertThat(open.read(2, 4)).isEqualTo("5+0 ");
      assertThat(open.read(2, 6)).startsWith("5+2 x").endsWith("x\nb\n");
    }
  }

  @Test
  void shouldPassOverWhatTransactionsLeave() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic);
        Producer<byte[], byte[]> producer = foreign("none", topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("a"));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record("never")).get();
      producer.abortTransaction();
      open.keep("b\n");
      open.awaitLine(5);
      // The broker writes the last marker when it comes to it: b is before it, or behind it.
      assertThat(open.told.kept).startsWith("1 a").noneMatch(line -> line.contains("never"));
      assertThat(open.told.kept.stream().filter(line -> line.matches("[45] b"))).hasSize(1);
      assertThat(open.read(2, 5)).matches("(4\\+1\\(1:1\\)|5\\+1) b\n");
    }
  }

  @Test
  void shouldKnowWhichLinesAreLetGo() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic);
        Admin admin = broker.admin()) {
      open.keep("a\nb\nc\n");
      TopicPartition partition = new TopicPartition(topic, 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2))).all().get();
      assertThat(open.read(1, 3)).isEqualTo("3+1 c\n");
      Awaitility.await().until(() -> open.journal.history().oldest() == 3);
    }
  }
}
