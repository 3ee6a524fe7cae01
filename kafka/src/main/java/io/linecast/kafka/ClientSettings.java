package io.linecast.kafka;

import io.linecast.core.JournalException;
import io.linecast.core.JournalOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How Kafka's clients are set: what a file says, and over it what linecast's promises rest on.
 * Whatever the file has is never logged: there may be secrets in it.
 */
final class ClientSettings {

  /** When so many bytes of lines wait, senders do too. */
  static final long WAITING_BYTES = 32 << 20;

  /** So many of a partition's newest records are looked at when it is opened. */
  static final long TAIL_RECORDS = 100_000;

  private static final int PRODUCER_BYTES = 64 << 20;
  private static final int BATCH_BYTES = 128 << 10;

  /** More than the longest line there may be: what is too long for a topic, its brokers say. */
  private static final int REQUEST_BYTES = 32 << 20;

  private static final int LIVE_FETCH_BYTES = 4 << 20;
  private static final int HISTORY_FETCH_BYTES = 512 << 10;
  private static final int MOST_RECORDS = 4_096;
  private static final long MOST_REQUEST_MILLIS = 10_000;
  private static final long LEAST_REQUEST_MILLIS = 500;

  private final TopicPlace place;
  private final Map<String, Object> given;
  private final Duration patience;

  ClientSettings(TopicPlace place, Map<String, Object> given, Duration patience) {
    this.place = place;
    this.given = Map.copyOf(given);
    this.patience = patience;
  }

  /**
   * Those of a server.
   *
   * @throws JournalException if its file cannot be read
   */
  static ClientSettings of(TopicPlace place, JournalOptions options) {
    Map<String, Object> given = new HashMap<>();
    options.kafkaConfig().ifPresent(file -> read(file).forEach((k, v) -> given.put("" + k, v)));
    return new ClientSettings(place, given, options.patience());
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new JournalException(
          true, "--kafka-config " + file + " cannot be read: " + e.getMessage(), e);
    }
    return properties;
  }

  TopicPlace place() {
    return place;
  }

  Duration patience() {
    return patience;
  }

  /** How long a broker may take for an answer until another one is asked, in ms. */
  private int requestMillis() {
    return (int) Math.clamp(patience.toMillis() / 3, LEAST_REQUEST_MILLIS, MOST_REQUEST_MILLIS);
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
    settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
    settings.put("enable.metrics.push", false);
    settings.putAll(given);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, place.brokers());
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, requestMillis());
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    return settings;
  }

  Map<String, Object> admin() {
    Map<String, Object> settings = common();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, requestMillis());
    return settings;
  }

  /** One that may take as long for a line as a sender waits, and never reorders or doubles. */
  Map<String, Object> producer() {
    Map<String, Object> settings = common();
    int linger = 1;
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BYTES);
    settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, linger);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A broker takes any request as the first of a producer that it does not know, or not any more:
    // one that is behind it must not be under way before it has been taken.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Math.clamp(patience.toMillis(), requestMillis() + linger, Integer.MAX_VALUE));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LEAST_REQUEST_MILLIS);
    return settings;
  }

  /** One that hears all new lines. */
  Map<String, Object> live() {
    Map<String, Object> settings = consumer();
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LIVE_FETCH_BYTES);
    return settings;
  }

  /** One that reads old lines. */
  Map<String, Object> reader() {
    Map<String, Object> settings = consumer();
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, HISTORY_FETCH_BYTES);
    return settings;
  }

  private Map<String, Object> consumer() {
    Map<String, Object> settings = common();
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
        Math.min(requestMillis() / 2, ConsumerConfig.DEFAULT_FETCH_MAX_WAIT_MS));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, requestMillis());
    return settings;
  }
}
