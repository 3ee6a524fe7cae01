package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountersTest {

  private final Counters counters = new Counters();

  @ParameterizedTest
  @EnumSource
  void shouldBeginAtZero(Counter counter) {
    assertThat(counters.get(counter)).isZero();
  }

  @Test
  void shouldKeepEveryCountApart() {
    Map<Counter, Long> expected = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      long own = 1L + expected.size();
      counters.add(counter, own);
      counters.add(counter, 1L << 40);
      expected.put(counter, (1L << 40) + own);
    }

    assertThat(Counter.values())
        .allSatisfy(counter -> assertThat(counters.get(counter)).isEqualTo(expected.get(counter)));
  }

  @Test
  void shouldSayOfEveryCountWhatItIs() {
    assertThat(Arrays.stream(Counter.values()).map(Counter::text))
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }

  @Test
  void shouldSayOfEveryCloseReasonWhatItIs() {
    assertThat(Arrays.stream(CloseReason.values()).map(CloseReason::text))
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }
}
