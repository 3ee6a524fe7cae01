package io.linecast.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients, with the settings and headers that the journal has. */
final class BareKafka implements RoundTrips.Way {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String CHANNEL = "main";
  private static final String ORIGIN = "127.0.0.1:50000";

  private final TopicPartition partition;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final byte[] line;
  private long sent;

  private BareKafka(ClientSettings settings, TopicPartition partition, int lineBytes) {
    this.partition = partition;
    producer =
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            settings.live(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    line = new byte[lineBytes - 1];
    Arrays.fill(line, (byte) 'x');
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    consumer.position(partition); // at once
  }

  /** Makes the topic if need be; lines have so many bytes, with their line feed. */
  static BareKafka open(TopicPlace place, int replicas, int lineBytes) {
    ClientSettings settings = new ClientSettings(place, Map.of(), PATIENCE);
    try (Admin admin = Admin.create(settings.admin())) {
      Topic topic = new Topic(admin, place, replicas);
      while (!topic.ensure(1)) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
    return new BareKafka(settings, new TopicPartition(place.topic(), 0), lineBytes);
  }

  @Override
  public void pass() {
    ProducerRecord<byte[], byte[]> written =
        new ProducerRecord<>(
            partition.topic(),
            partition.partition(),
            null,
            null,
            line,
            LineRecord.shared(CHANNEL, ORIGIN, null));
    written.headers().add(LineRecord.mark("bare", ++sent));
    producer.send(written);
    boolean came = false;
    while (!came) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
        came |= LineRecord.of(each).sequence() == sent;
      }
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
