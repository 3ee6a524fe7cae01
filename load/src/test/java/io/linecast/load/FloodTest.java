package io.linecast.load;

import static io.linecast.load.SomeResult.MILLI_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloodTest {
  private static final int LIMIT_MILLIS = 250;
  private static final LoadOptions STEP = ShareTest.options(Dialect.LINES, 20, 1, 1);

  private final SomeResult result = new SomeResult(STEP).delayed(990, 249).delayed(10, 900);

  @Test
  void shouldSustainWhatComesInTime() {
    assertThat(isSustained()).isTrue();
  }

  @Test
  void shouldNotSustainWhatComesLate() {
    result.delayed(1, 900);

    assertThat(isSustained()).isFalse();
  }

  @Test
  void shouldNotSustainWhatIsBehindAtTheEnd() {
    result.settledNanos = (LIMIT_MILLIS + 1) * MILLI_NANOS;

    assertThat(isSustained()).isFalse();
  }

  @Test
  void shouldNotSustainWhatGetsLost() {
    result.balance = new Balance(10, 9, 1, 0, 0);

    assertThat(isSustained()).isFalse();
  }

  @Test
  void shouldNotSustainWhatIsWrong() {
    result.findings.addReordered();

    assertThat(isSustained()).isFalse();
  }

  @Test
  void shouldNotSustainWhatCannotBeSent() {
    result.sentLines--;

    assertThat(isSustained()).isFalse();
  }

  @Test
  void shouldNotSustainWhatWasNotMeasured() {
    assertThat(Flood.isSustained(STEP, new SomeResult(STEP).made(), LIMIT_MILLIS)).isFalse();
  }

  private boolean isSustained() {
    return Flood.isSustained(STEP, result.made(), LIMIT_MILLIS);
  }
}
