package io.linecast.server;

import io.linecast.core.LineChannel;
import java.time.Duration;

/**
 * What acknowledged clients are allowed: LINECAST/1 of docs/protocol.md. Immutable.
 *
 * @param plainOnly there are none: a hello is a line like any other
 * @param heartbeat silence after which a client is sent a {@code PING}; zero: never
 * @param publishers how many named publishers a channel remembers, 1 to 10 million
 * @param maxAnswersBytes answers that a client may leave unread before it is read no further, from
 *     4 KiB on
 * @param maxUnanswered lines of one client that may wait for their {@code SENT}, at least 1
 */
public record AckOptions(
    boolean plainOnly, Duration heartbeat, int publishers, int maxAnswersBytes, int maxUnanswered) {

  private static final int PUBLISHERS_MAX = 10_000_000;
  private static final int ANSWERS_BYTES_MIN = 4 << 10;
  private static final int ANSWERS_BYTES_MAX = 1 << 30;
  private static final int HEARTBEAT_MAX_SECONDS = 24 * 60 * 60;

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public AckOptions {
    ServerOptions.requireRange("heartbeat", heartbeat.toSeconds(), 0, HEARTBEAT_MAX_SECONDS);
    ServerOptions.requireRange("publishers", publishers, 1, PUBLISHERS_MAX);
    ServerOptions.requireRange(
        "max-answers", maxAnswersBytes, ANSWERS_BYTES_MIN, ANSWERS_BYTES_MAX);
    ServerOptions.requireRange("max-unanswered", maxUnanswered, 1, Integer.MAX_VALUE);
  }

  /** What is right for most. */
  public static AckOptions defaults() {
    return new AckOptions(
        false, Duration.ofSeconds(15), LineChannel.DEFAULT_PUBLISHERS, 256 << 10, 16_384);
  }

  /** As an answer to a hello says it: whole seconds, rounded up. */
  int heartbeatSeconds() {
    return (int) heartbeat.plusNanos(999_999_999).toSeconds();
  }
}
