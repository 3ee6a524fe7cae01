package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is in a topic's first partition, read with nothing of linecast's: where every text is said
 * once, a record that repeats one is no line.
 *
 * @param lines by their numbers
 * @param repeated how many records repeat an earlier one
 * @param end the last number
 */
record SharedLog(NavigableMap<Long, String> lines, int repeated, long end) {

  private static final Duration POLL = Duration.ofMillis(200);

  static SharedLog read(String brokers, String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed");
    NavigableMap<Long, String> lines = new TreeMap<>();
    Set<String> texts = new HashSet<>();
    int repeated = 0;
    TopicPartition partition = new TopicPartition(topic, 0);
    List<TopicPartition> only = List.of(partition);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(only);
      consumer.seekToBeginning(only);
      long end = Objects.requireNonNull(consumer.endOffsets(only).get(partition));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          String text = new String(each.value(), ISO_8859_1);
          if (texts.add(text)) {
            lines.put(each.offset() + 1, text);
          } else {
            repeated++;
          }
        }
      }
      return new SharedLog(lines, repeated, end);
    }
  }
}
