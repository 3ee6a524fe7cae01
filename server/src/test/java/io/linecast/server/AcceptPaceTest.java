package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {

  private final EmbeddedChannel connection = new EmbeddedChannel();

  /** A second, of which a quarter at once: every one has others wait. */
  private static final int SLOW = 1;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long nanos;

  private AcceptPace newPace(LimitOptions limits) {
    return new AcceptPace(limits, new Limited(), () -> nanos);
  }

  @Test
  void shouldHaveOthersWaitOnceTheShareIsTaken() {
    AcceptPace pace = newPace(limits(SLOW));
    assertThat(pace.onAccepted(connection, "a port", false)).isPositive();
    assertThat(pace.waitNanos(false)).isPositive();

    nanos += SECOND_NANOS;
    assertThat(pace.waitNanos(false)).isZero();
  }

  @Test
  void shouldLetNobodyPayForWhoIsRefusedForItsAddress() {
    AcceptPace pace = newPace(limits(SLOW));
    for (int i = 0; i < 1_000; i++) {
      pace.onAccepted(connection, "a port", false);
      pace.onRefused();
      assertThat(pace.waitNanos(false)).as("wait behind %d that were refused", i + 1).isZero();
    }
    assertThat(pace.onAccepted(connection, "a port", false))
        .as("wait behind one that was not")
        .isPositive();
  }

  @Test
  void shouldSaveNothingUpByGivingBack() {
    AcceptPace pace = newPace(limits(SLOW));
    for (int i = 0; i < 1_000; i++) {
      pace.onRefused();
    }
    assertThat(pace.onAccepted(connection, "a port", false)).isPositive();
  }

  @Test
  void shouldCountAHandshakeFromWhenTheConnectionWasAccepted() {
    AcceptPace pace = newPace(TlsEntryIT.handshakes(2));
    EmbeddedChannel second = new EmbeddedChannel();
    assertThat(pace.onAccepted(connection, "a port", true)).isZero();
    assertThat(pace.onAccepted(second, "a port", true)).isPositive();
    assertThat(pace.waitNanos(false)).as("wait where no TLS is spoken").isZero();

    AcceptPace.endHandshake(connection);
    AcceptPace.endHandshake(connection);
    assertThat(pace.waitNanos(true)).as("wait when one is done").isZero();
    assertThat(pace.onAccepted(new EmbeddedChannel(), "a port", true)).isPositive();
    second.close();
    assertThat(pace.waitNanos(true)).as("wait when one has gone").isZero();
  }

  @Test
  void shouldWaitForNoHandshakeForLong() {
    AcceptPace pace = newPace(TlsEntryIT.handshakes(1));
    assertThat(pace.onAccepted(connection, "a port", true)).isPositive();
    nanos += SECOND_NANOS;
    assertThat(pace.waitNanos(true)).isPositive();
    nanos += SECOND_NANOS;
    assertThat(pace.waitNanos(true)).isZero();
  }

  static LimitOptions limits(int acceptRate) {
    return new LimitOptions(
        OptionalInt.empty(),
        acceptRate,
        OptionalInt.empty(),
        0,
        0,
        0,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        0);
  }
}
