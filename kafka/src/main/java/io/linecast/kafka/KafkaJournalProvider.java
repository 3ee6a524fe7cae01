package io.linecast.kafka;

import io.linecast.core.JournalOptions;
import io.linecast.core.JournalProvider;
import io.linecast.core.Journals;

/**
 * Journals in a topic, which is given as {@code kafka:HOST:PORT[,…]/TOPIC}. Knows no class of
 * Kafka's: none is loaded before one is asked for.
 */
public final class KafkaJournalProvider implements JournalProvider {

  /** What it is called. */
  public static final String SCHEME = "kafka";

  /** What is right for most servers. */
  private static final int DEFAULT_MAX_LINE_BYTES = 64 << 10;

  /** As {@link java.util.ServiceLoader} makes it. */
  public KafkaJournalProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public Journals open(JournalOptions options) {
    return open(options, DEFAULT_MAX_LINE_BYTES);
  }

  @Override
  public Journals open(JournalOptions options, int maxLineBytes) {
    TopicPlace place = TopicPlace.parse(options.place());
    return KafkaJournals.open(ClientSettings.of(place, options), options, maxLineBytes);
  }
}
