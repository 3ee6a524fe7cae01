package io.linecast.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which journal, and how.
 *
 * @param where {@code memory}, {@code sqlite:FILE}, {@code kafka:HOST:PORT[,…]/TOPIC}
 * @param keepAge lines older than this are let go; empty: none
 * @param keepLines so many of a channel's lines are kept at most; 0: no limit
 * @param keepBytes so many bytes of a channel's lines are kept at most; 0: no limit
 * @param kafkaConfig a properties file for whoever speaks to Kafka
 * @param kafkaReplication on how many brokers a topic is that is made; 0: as the brokers have it
 * @param patience how long a sender who wants an answer waits for a cluster that does not answer
 */
public record JournalOptions(
    String where,
    Optional<Duration> keepAge,
    long keepLines,
    long keepBytes,
    Optional<Path> kafkaConfig,
    int kafkaReplication,
    Duration patience) {

  /** What is said of one in memory. */
  public static final String MEMORY = "memory";

  /** What is right for most. */
  public static JournalOptions memory() {
    return new JournalOptions(
        MEMORY, Optional.empty(), 0, 0, Optional.empty(), 0, Duration.ofSeconds(30));
  }

  /** Which kind it is: what comes before the colon. */
  public String scheme() {
    int colon = where.indexOf(':');
    return colon < 0 ? where : where.substring(0, colon);
  }

  /** Where that is: what comes behind the colon. */
  public String place() {
    return where.substring(where.indexOf(':') + 1);
  }

  /** Whether lines are kept in memory only. */
  public boolean isMemory() {
    return where.equals(MEMORY);
  }
}
