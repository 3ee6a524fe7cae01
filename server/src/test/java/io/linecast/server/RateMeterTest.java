package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateMeterTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RateMeter meter = new RateMeter(5);

  @Test
  void shouldKnowNothingBeforeTheFirstSecondIsOver() {
    assertThat(meter.perSecond()).isNull();
  }

  @Test
  void shouldTellOfTheLastSecondAlone() {
    meter.look(5 + SECOND, 1_000);
    assertThat(meter.perSecond()).isEqualTo(1_000);

    meter.look(5 + 2 * SECOND, 1_250);
    assertThat(meter.perSecond()).isEqualTo(250);

    meter.look(5 + 3 * SECOND, 1_250);
    assertThat(meter.perSecond()).isZero();
  }

  @Test
  void shouldNotTakeALateLookForABusySecond() {
    meter.look(5 + 2 * SECOND, 3_000);

    assertThat(meter.perSecond()).isEqualTo(1_500);
  }

  @Test
  void shouldNotTakeABurstBeforeAnEarlyLookForAFullSecond() {
    meter.look(5 + SECOND * 3 / 2, 0);
    meter.look(5 + 2 * SECOND, 1_000);

    assertThat(meter.perSecond()).isEqualTo(500);
  }

  @Test
  void shouldForgetABurstOnceASecondWithoutOneIsOver() {
    meter.look(5 + SECOND * 3 / 2, 0);
    meter.look(5 + 2 * SECOND, 1_000);
    meter.look(5 + 3 * SECOND, 1_000);

    assertThat(meter.perSecond()).isZero();
  }

  @Test
  void shouldTellTheSameIfNoTimeHasPassed() {
    meter.look(5 + SECOND, 1_000);
    meter.look(5 + SECOND, 1_000);

    assertThat(meter.perSecond()).isEqualTo(1_000);
  }
}
