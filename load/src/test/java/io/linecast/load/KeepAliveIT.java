package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeepAliveIT {
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final String WORD = "PONG\n";
  private static final byte[] WORD_BYTES = WORD.getBytes(StandardCharsets.US_ASCII);

  @Test
  void shouldSpeakOnEachConnectionThreeTimesAHeartbeat() throws IOException {
    try (Loopback loopback = new Loopback(3)) {
      KeepAlive keepAlive = new KeepAlive(loopback.fleet, 1, 2, WORD_BYTES, HEARTBEAT_NANOS);
      for (int second = 0; second <= 15; second++) {
        keepAlive.say(TimeUnit.SECONDS.toNanos(second), connection -> true);
      }

      assertThat(loopback.heard(0)).isEmpty();
      assertThat(loopback.heard(1)).isEqualTo(WORD.repeat(3));
      assertThat(loopback.heard(2)).isEqualTo(WORD.repeat(3));
    }
  }

  @Test
  void shouldSayNothingWithinALine() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      KeepAlive keepAlive = new KeepAlive(loopback.fleet, 0, 2, WORD_BYTES, HEARTBEAT_NANOS);
      keepAlive.say(HEARTBEAT_NANOS / 3, connection -> connection == 1);

      assertThat(loopback.heard(0)).isEmpty();
      assertThat(loopback.heard(1)).isEqualTo(WORD);
    }
  }

  @Test
  void shouldSayOnceWhatItHasNotSaidForLong() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      new KeepAlive(loopback.fleet, 0, 2, WORD_BYTES, HEARTBEAT_NANOS)
          .say(100 * HEARTBEAT_NANOS, connection -> true);

      assertThat(loopback.heard(0)).isEqualTo(WORD);
      assertThat(loopback.heard(1)).isEqualTo(WORD);
    }
  }

  @Test
  void shouldSayNothingWhereNobodyAsks() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      new KeepAlive(loopback.fleet, 0, 2, WORD_BYTES, 0).say(HEARTBEAT_NANOS, connection -> true);

      assertThat(loopback.heard(0)).isEmpty();
      assertThat(loopback.heard(1)).isEmpty();
    }
  }

  @Test
  void shouldSayNothingWhereThereIsNothingToSay() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      new KeepAlive(loopback.fleet, 0, 1, new byte[0], HEARTBEAT_NANOS)
          .say(HEARTBEAT_NANOS, connection -> true);

      assertThat(loopback.heard(0)).isEmpty();
    }
  }
}
