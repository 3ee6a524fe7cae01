package io.linecast.cli;

import java.util.Optional;

/**
 * Takes server-sent events apart, line by line. Only events without a name count here; what a
 * server calls by a name, comments and unknown fields are passed over. For one thread.
 */
final class EventStream {

  private static final String DATA = "data";
  private static final String EVENT = "event";
  private static final String UNNAMED = "message";

  private final int maxChars;
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;
  private boolean counts = true;

  /**
   * A stream of which nothing has come.
   *
   * @param maxChars how long an event's data may be; a longer event is passed over
   */
  EventStream(int maxChars) {
    this.maxChars = maxChars;
  }

  /**
   * Takes a line, without its line feed.
   *
   * @return an event's data, if the line ends one
   */
  Optional<String> take(String raw) {
    String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
    if (line.isEmpty()) {
      return end();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    take(field, value.startsWith(" ") ? value.substring(1) : value);
    return Optional.empty();
  }

  private void take(String field, String value) {
    if (field.equals(EVENT)) {
      counts &= value.isEmpty() || value.equals(UNNAMED);
    } else if (field.equals(DATA) && data.length() + value.length() > maxChars) {
      counts = false;
    } else if (field.equals(DATA)) {
      data.append(hasData ? "\n" : "").append(value);
      hasData = true;
    }
  }

  private Optional<String> end() {
    Optional<String> event = hasData && counts ? Optional.of(data.toString()) : Optional.empty();
    data.setLength(0);
    hasData = false;
    counts = true;
    return event;
  }
}
