package io.linecast.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.broker.Door;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been written of what one producer sent. */
class KafkaPrefixTest {

  /** So many of these need several requests. */
  private static final int LINES = 4_000;

  private static final String PADDING = "x".repeat(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPartition PARTITION = new TopicPartition("lines", 0);

  @TempDir Path folder;

  /** A broker takes any request as the first of a producer that it does not know yet. */
  @Test
  void shouldWriteNothingBehindLinesThatWereRefused() {
    try (TestBroker broker = TestBroker.start(folder);
        Refusal refusal = new Refusal(broker.brokersThroughDoor());
        OpenJournal open =
            new OpenJournal(broker.brokersThroughDoor(), "lines", "main", Duration.ofSeconds(10))) {
      List<String> lines = IntStream.range(0, LINES).mapToObj(i -> i + " " + PADDING).toList();
      open.journal.keep(Batches.plain(String.join("\n", lines) + "\n"));
      await().atMost(PATIENCE).until(() -> open.journal.state().waitingBytes() == 0);
      assertThat(refusal.hasBeen()).isTrue();
      assertThat(open.told.ours).isEqualTo(lines);
    }
  }

  /** As if a broker had taken a later request of this server's before one that it has refused. */
  @Test
  void shouldSendPlainLinesAgainThatALaterOneHasOvertaken() throws Exception {
    try (TestBroker broker = TestBroker.start(folder);
        Door door = broker.openDoor();
        OpenJournal open = new OpenJournal(broker.brokersThroughDoor(), "lines", "main", PATIENCE);
        OpenJournal other = new OpenJournal(broker, "lines")) {
      open.keep("a\n");
      String node = nodeOfFirstRecord(broker);
      door.shut();
      open.journal.keep(Batches.plain("b\nc\n"));
      write(broker, "c", node, 3);
      door.open();
      await().atMost(PATIENCE).until(() -> open.journal.state().waitingBytes() == 0);
      assertThat(open.told.ours).containsExactly("a", "c", "b");
      open.keep("d\n");
      other.awaitLine(open.told.lastLine);
      assertThat(other.told.kept.stream().filter(line -> !line.endsWith("void")))
          .extracting(line -> line.substring(line.indexOf(' ') + 1))
          .containsExactly("a", "c", "b", "d");
    }
  }

  private static String nodeOfFirstRecord(TestBroker broker) {
    ClientSettings settings = settings(broker);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      ConsumerRecords<byte[], byte[]> read = consumer.poll(PATIENCE);
      return LineRecord.of(read.iterator().next()).node();
    }
  }

  private static void write(TestBroker broker, String line, String node, long sequence)
      throws Exception {
    List<Header> headers = new ArrayList<>(LineRecord.shared("main", "test", null));
    headers.add(LineRecord.mark(node, sequence));
    byte[] value = line.getBytes(StandardCharsets.US_ASCII);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings(broker).producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("lines", 0, null, null, value, headers)).get();
    }
  }

  private static ClientSettings settings(TestBroker broker) {
    return new ClientSettings(TopicPlace.parse(broker.brokers() + "/lines"), Map.of(), PATIENCE);
  }
}
