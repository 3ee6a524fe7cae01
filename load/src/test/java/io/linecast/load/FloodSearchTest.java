package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloodSearchTest {
  private static final int RATE_MAX = 1_000_000;

  @ParameterizedTest
  @CsvSource({"1000, 1000", "1000, 1001", "1000, 123456", "1000, 17", "1000, 1", "1000, 999999"})
  void shouldComeWithinFivePercentOfWhatAServerSustains(int firstRate, int sustained) {
    FloodSearch search = search(firstRate, sustained, new ArrayList<>());

    assertThat(search.sustained())
        .isBetween((int) Math.floor(sustained / 1.05) - 1, sustained)
        .isPositive();
  }

  @Test
  void shouldSayThatNothingIsSustained() {
    List<Integer> tried = new ArrayList<>();

    assertThat(search(64, 0, tried).sustained()).isZero();
    assertThat(tried).containsExactly(64, 32, 16, 8, 4, 2, 1);
  }

  @Test
  void shouldEndAtTheHighestRateThereIs() {
    assertThat(search(1_000, RATE_MAX, new ArrayList<>()).sustained()).isEqualTo(RATE_MAX);
  }

  private static FloodSearch search(int firstRate, int sustained, List<Integer> tried) {
    FloodSearch search = new FloodSearch(firstRate, RATE_MAX);
    for (OptionalInt rate = search.next(); rate.isPresent(); rate = search.next()) {
      tried.add(rate.getAsInt());
      assertThat(tried).as("steps").hasSizeLessThan(60);
      search.record(rate.getAsInt(), rate.getAsInt() <= sustained);
    }
    return search;
  }
}
