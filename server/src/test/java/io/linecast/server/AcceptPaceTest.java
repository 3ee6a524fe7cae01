package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {

  /** A second, of which a quarter at once: every one has others wait. */
  private static final int SLOW = 1;

  @Test
  void shouldHaveOthersWaitOnceTheShareIsTaken() {
    AcceptPace pace = new AcceptPace(limits(SLOW), new Limited());
    assertThat(pace.onAccepted("a port", false)).isPositive();
    assertThat(pace.waitNanos(false)).isPositive();
  }

  @Test
  void shouldLetNobodyPayForWhoIsRefusedForItsAddress() {
    AcceptPace pace = new AcceptPace(limits(SLOW), new Limited());
    for (int i = 0; i < 1_000; i++) {
      pace.onAccepted("a port", false);
      pace.onRefused();
      assertThat(pace.waitNanos(false)).as("wait behind %d that were refused", i + 1).isZero();
    }
    assertThat(pace.onAccepted("a port", false)).as("wait behind one that was not").isPositive();
  }

  @Test
  void shouldSaveNothingUpByGivingBack() {
    AcceptPace pace = new AcceptPace(limits(SLOW), new Limited());
    for (int i = 0; i < 1_000; i++) {
      pace.onRefused();
    }
    assertThat(pace.onAccepted("a port", false)).isPositive();
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
