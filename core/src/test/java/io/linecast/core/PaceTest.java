package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaceTest {

  private static final long WINDOW_BYTES = 1_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALL")
  void shouldLapWhoIsMoreThanTheWindowBehind(SlowPolicy policy) {
    Pace pace = new Pace(WINDOW_BYTES, policy);

    assertThat(pace.isLapped(WINDOW_BYTES)).isFalse();
    assertThat(pace.isLapped(WINDOW_BYTES + 1)).isTrue();
  }

  @Test
  void shouldLapNobodyWhereSendersWait() {
    assertThat(new Pace(WINDOW_BYTES, SlowPolicy.STALL).isLapped(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void shouldHoldSendersForALaggardOnlyWhereSendersWait() {
    assertThat(new Pace(WINDOW_BYTES, SlowPolicy.STALL).holdsSenders(WINDOW_BYTES)).isTrue();
    assertThat(new Pace(WINDOW_BYTES, SlowPolicy.SKIP).holdsSenders(WINDOW_BYTES)).isFalse();
    assertThat(new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT).holdsSenders(WINDOW_BYTES)).isFalse();
  }

  @Test
  void shouldResumeWellWithinTheWindow() {
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.SKIP);

    assertThat(pace.isLapped(2 * pace.resumeLagBytes())).isFalse();
  }

  /** Between two visits of a client lie parts of two revolutions, each as long as is allowed. */
  @ParameterizedTest
  @EnumSource
  void shouldCallTheServerOverloadedBeforeAHealthyClientCanBeLapped(SlowPolicy policy) {
    Pace pace = new Pace(WINDOW_BYTES, policy);
    long longestRevolutionBytes = 0;
    while (!pace.isOverloaded(longestRevolutionBytes)) {
      longestRevolutionBytes++;
    }

    assertThat(2 * longestRevolutionBytes).isLessThan(WINDOW_BYTES);
  }

  @Test
  void shouldNotLetANewcomersHistoryBeginWhereItCouldBeLappedBeforeItsFirstVisit() {
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.DISCONNECT);
    long revolutionBytes = 0;
    while (!pace.isOverloaded(revolutionBytes)) {
      revolutionBytes++;
    }

    assertThat(pace.historyLagBytes() + 2 * revolutionBytes).isLessThan(WINDOW_BYTES);
  }

  @Test
  void shouldHoldSendersBeforeAnythingAStalledClientNeedsIsDropped() {
    Pace pace = new Pace(WINDOW_BYTES, SlowPolicy.STALL);
    long lagBytes = 0;
    while (!pace.holdsSenders(lagBytes)) {
      lagBytes++;
    }
    long revolutionBytes = 0;
    while (!pace.isOverloaded(revolutionBytes)) {
      revolutionBytes++;
    }

    assertThat(lagBytes + 2 * revolutionBytes).isLessThan(WINDOW_BYTES);
  }
}
