package io.linecast.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Journal;
import io.linecast.core.JournalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class KafkaJournalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  @Test
  void shouldHandLinesBackInTheirOrderWithNumbersFromOneOn() {
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      assertThat(open.journal.isDeferred()).isTrue();
      open.journal.keep(Batches.plain("a\nb\n"));
      open.journal.keep(Batches.answered("ann", "c\n"));
      open.journal.keep(Batches.numbered("bob", "d\n\n", 1, 2));
      open.awaitLine(5);
      assertThat(open.told.kept).containsExactly("1 a", "2 b", "3 c", "4 d", "5 ");
      assertThat(open.told.ours).containsExactly("a", "b", "c", "d", "");
      await().until(() -> open.journal.state().waitingBytes() == 0);
    }
  }

  @Test
  void shouldGoOnWithNumbersAndEpochAfterARestart() {
    String epoch;
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      open.keep("a\nb\n");
      epoch = open.journal.epoch();
      assertThat(open.journal.lastLine()).isZero();
    }
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      assertThat(open.journal.epoch()).isEqualTo(epoch).isNotEmpty();
      assertThat(open.journal.lastLine()).isEqualTo(2);
      open.keep("c\n");
      assertThat(open.told.kept).containsExactly("3 c");
    }
  }

  @Test
  void shouldGiveTheSameNumbersOnAllServers() {
    try (OpenJournal one = new OpenJournal(broker, topic);
        OpenJournal other = new OpenJournal(broker, topic)) {
      for (int i = 0; i < 1_000; i++) {
        one.journal.keep(Batches.plain("one " + i + "\n"));
        other.journal.keep(Batches.numbered("ann", "other " + i + "\n", 1 + i));
      }
      one.awaitLine(2_000);
      other.awaitLine(2_000);
      assertThat(one.told.kept).hasSize(2_000).isEqualTo(other.told.kept);
      assertThat(one.told.ours).hasSize(1_000).allMatch(line -> line.startsWith("one"));
      assertThat(other.told.ours).hasSize(1_000).allMatch(line -> line.startsWith("other"));
      assertThat(one.told.sources).contains("ann", "plain");
      assertThat(one.journal.epoch()).isEqualTo(other.journal.epoch());
    }
  }

  @Test
  void shouldMakeNoSecondLineOfANumberThatWasPublishedElsewhere() {
    try (OpenJournal one = new OpenJournal(broker, topic);
        OpenJournal other = new OpenJournal(broker, topic)) {
      one.journal.keep(Batches.numbered("ann", "a\nb\n", 1, 2));
      other.awaitLine(2);
      other.journal.keep(Batches.numbered("ann", "b\nc\n", 2, 3));
      one.awaitLine(4);
      other.awaitLine(4);
      assertThat(one.told.kept).containsExactly("1 a", "2 b", "3-3 void", "4 c");
      assertThat(other.told.kept).isEqualTo(one.told.kept);
      assertThat(other.told.repeated).containsExactly("b\n");
      assertThat(other.told.failed).isEmpty();
      assertThat(other.told.ours).containsExactly("c");
    }
  }

  @Test
  void shouldTellWhatPublishersHadSent() {
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      open.journal.keep(Batches.numbered("ann", "a\nb\n", 1, 2));
      open.journal.keep(Batches.numbered("ann", "c\n", 3));
      open.journal.keep(Batches.numbered("bob", "d\n", 10));
      open.journal.keep(Batches.numbered("ann", "e\nf\ng\n", 7, 8, 20));
      open.journal.keep(Batches.numbered("", "h\n", 1));
      open.awaitLine(8);
      assertThat(open.journal.sent()).isEmpty();
    }
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      assertThat(open.journal.sent())
          .containsExactly(
              new Journal.Sent("bob", 10, 4, 1),
              new Journal.Sent("ann", 1, 1, 3),
              new Journal.Sent("ann", 7, 5, 2),
              new Journal.Sent("ann", 20, 7, 1));
      open.journal.keep(Batches.numbered("ann", "g\nh\n", 20, 21));
      open.awaitLine(10);
      assertThat(open.told.kept).containsExactly("9-9 void", "10 h");
    }
  }

  @Test
  void shouldKeepChannelsApartInPartitionsOfTheirOrder() {
    try (OpenJournal open = new OpenJournal(broker, topic);
        Journal other = open.journals.of("other")) {
      Told toldOther = new Told();
      other.open(toldOther);
      open.keep("a\nb\n");
      other.keep(Batches.plain("x\n"));
      await().until(() -> toldOther.lastLine == 1);
      assertThat(toldOther.kept).containsExactly("1 x");
      assertThat(other.epoch()).isNotEqualTo(open.journal.epoch());
    }
    assertThatThrownBy(() -> new OpenJournal(broker, topic, "other", PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("channel 'main'")
        .hasMessageContaining("same order");
  }

  @Test
  void shouldWarnOnceOfPartitionsThatNoChannelHas() throws Exception {
    try (Admin admin = broker.admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
    }
    List<String> told = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord said) {
            told.add(said.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(Watch.class.getName());
    log.addHandler(handler);
    try (OpenJournal open = new OpenJournal(broker, topic);
        Journal other = open.journals.of("other")) {
      other.open(new Told());
      open.journals.onComplete();
      await().until(() -> !told.isEmpty());
      await()
          .during(Duration.ofMillis(2_500))
          .until(() -> told.size() == 1); // it looks each second
      assertThat(told)
          .containsExactly(
              "topic "
                  + topic
                  + " has 3 partitions, and there are channels for 2: what is in the"
                  + " others, and what other programs write there, is served to nobody");
    } finally {
      log.removeHandler(handler);
    }
  }

  @Test
  void shouldWriteDownNumbersAlsoOfThoseWithoutAName() {
    try (OpenJournal open = new OpenJournal(broker, topic)) {
      open.journal.keep(Batches.numbered("", "a\n", 17));
      open.journal.keep(Batches.plain("b\n"));
      open.awaitLine(2);
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    ClientSettings settings =
        new ClientSettings(TopicPlace.parse(broker.brokers() + "/" + topic), Map.of(), PATIENCE);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      while (read.size() < 2) {
        consumer.poll(PATIENCE).forEach(read::add);
      }
      Header number = read.getFirst().headers().lastHeader(LineRecord.NUMBER);
      assertThat(number.value()).asString(US_ASCII).isEqualTo("17");
      assertThat(LineRecord.of(read.getFirst()).isNumbered()).isFalse();
      assertThat(read.getLast().headers().headers(LineRecord.NUMBER)).isEmpty();
    }
  }

  @Test
  void shouldSayThatKafkaDoesNotAnswer() {
    Journals journals = new Journals("127.0.0.1:1");
    assertThatThrownBy(journals::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("does not answer");
  }

  @Test
  void shouldSayThatNoSuchHostIsKnown() {
    assertThatThrownBy(new Journals("no-such-host.invalid:9092")::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("no-such-host.invalid:9092")
        .hasMessageContaining("no such host is known");
  }

  private record Journals(String brokers) {
    void open() {
      try (io.linecast.core.Journals opened =
          new KafkaJournalProvider()
              .open(OpenJournal.options(brokers, "lines", Duration.ofSeconds(1)))) {
        opened.of("main");
      }
    }
  }

  @Test
  void shouldRefuseAPlaceThatIsNone() {
    for (String place : List.of("", "host:1", "host/topic", "host:1/", "host:1/a b", ",:1/t")) {
      assertThatThrownBy(() -> TopicPlace.parse(place))
          .as(place)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("kafka:localhost:9092/lines");
    }
    assertThat(TopicPlace.parse("a:1,[::1]:2/t.x-1"))
        .isEqualTo(new TopicPlace("a:1,[::1]:2", "t.x-1"));
  }

  @Test
  void shouldKeepAndHearNothingMoreOnceTheTopicHasBeenMadeAnew() throws Exception {
    try (OpenJournal open = new OpenJournal(broker, topic);
        Admin admin = broker.admin()) {
      open.keep("a\n");
      admin.deleteTopics(List.of(topic)).all().get();
      NewTopic anew = new NewTopic(topic, 1, (short) 1);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions() // it is still being removed
          .until(() -> admin.createTopics(List.of(anew)).all().get() == null);
      await()
          .atMost(PATIENCE)
          .until(() -> open.journal.state().trouble().orElse("").contains("made anew"));

      open.journal.keep(Batches.answered("ann", "b\n"));
      await().atMost(PATIENCE).until(() -> open.told.failed.contains("b\n"));
      try (OpenJournal other = new OpenJournal(broker, topic)) {
        other.keep("c\nd\n");
        assertThat(other.journal.epoch()).isNotEqualTo(open.journal.epoch());
        assertThat(other.told.kept).containsExactly("1 c", "2 d");
      }
      assertThat(open.told.kept).containsExactly("1 a");
      assertThat(open.journal.isWorking()).isFalse();
    }
  }
}
