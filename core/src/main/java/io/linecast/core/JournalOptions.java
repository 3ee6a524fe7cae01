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
 * @param largestRunBytes more than the longest line has
 */
public record JournalOptions(
    String where,
    Optional<Duration> keepAge,
    long keepLines,
    long keepBytes,
    Optional<Path> kafkaConfig,
    int kafkaReplication,
    int largestRunBytes) {

  /** What is said of one in memory. */
  public static final String MEMORY = "memory";

  /** Whether lines are kept in memory only. */
  public boolean isMemory() {
    return where.equals(MEMORY);
  }
}
