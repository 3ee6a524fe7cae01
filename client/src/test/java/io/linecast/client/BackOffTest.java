package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static final Duration MIN = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofSeconds(1);

  private static List<Long> millis(BackOff backOff, int times) {
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      delays.add(backOff.next().toMillis());
    }
    return delays;
  }

  @Test
  void shouldDoubleUpToTheMost() {
    assertThat(millis(new BackOff(MIN, MAX, bound -> bound - 1), 6))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void shouldBeHalfOfThatAtLeast() {
    assertThat(millis(new BackOff(MIN, MAX, bound -> 0), 5))
        .containsExactly(50L, 100L, 200L, 400L, 500L);
  }

  @Test
  void shouldBeginAgainOnlyWhenAConnectionHasLasted() {
    BackOff backOff = new BackOff(MIN, MAX, bound -> bound - 1);
    millis(backOff, 3);
    backOff.connectionLasted(Duration.ofMillis(999));
    assertThat(backOff.next()).hasMillis(800);
    backOff.connectionLasted(MAX);
    assertThat(backOff.next()).hasMillis(100);
  }

  @Test
  void shouldTakeALongDelayWithoutOverflow() {
    BackOff backOff = new BackOff(Duration.ofDays(90_000), Duration.ofDays(100_000), bound -> 0);
    assertThat(backOff.next()).isPositive();
    assertThat(backOff.next()).isEqualTo(Duration.ofDays(50_000));
  }
}
