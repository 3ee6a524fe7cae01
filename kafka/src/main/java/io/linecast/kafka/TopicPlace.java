package io.linecast.kafka;

import io.linecast.core.JournalException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a topic is.
 *
 * @param brokers {@code HOST:PORT}, several by commas: those that are asked first
 * @param topic its name
 */
record TopicPlace(String brokers, String topic) {

  private static final String BROKER = "(?:[^\\s,/:\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):\\d{1,5}";
  private static final Pattern PLACE =
      Pattern.compile("(" + BROKER + "(?:," + BROKER + ")*)/([a-zA-Z0-9._-]{1,249})");

  /**
   * Reads what stands behind {@code kafka:}.
   *
   * @throws JournalException if it is no such place
   */
  static TopicPlace parse(String text) {
    Matcher found = PLACE.matcher(text);
    if (!found.matches()) {
      throw new JournalException(
          true,
          "'kafka:"
              + text
              + "' names no topic; say it like kafka:localhost:9092/lines, or with several brokers"
              + " kafka:a:9092,b:9092/lines");
    }
    return new TopicPlace(found.group(1), found.group(2));
  }

  /** For people. */
  @Override
  public String toString() {
    return "Kafka at " + brokers + ", topic " + topic;
  }
}
