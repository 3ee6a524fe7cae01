package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StrayHellosTest {

  private long nowNanos;
  private final StrayHellos strays = new StrayHellos(() -> nowNanos);

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }

  @Test
  void shouldBeClaimedOnceEach() {
    assertThat(strays.claim()).isFalse();
    strays.add();
    strays.add();
    assertThat(strays.claim()).isTrue();
    assertThat(strays.claim()).isTrue();
    assertThat(strays.claim()).isFalse();
  }

  @Test
  void shouldBeThreeAtMost() {
    for (int i = 0; i < 100; i++) {
      strays.add();
    }
    assertThat(strays.claim()).isTrue();
    assertThat(strays.claim()).isTrue();
    assertThat(strays.claim()).isTrue();
    assertThat(strays.claim()).isFalse();
  }

  @Test
  void shouldBeForgottenAfterTwoMinutes() {
    strays.add();
    pass(Duration.ofMinutes(1));
    strays.add();
    pass(Duration.ofSeconds(61));
    assertThat(strays.claim()).as("the second").isTrue();
    assertThat(strays.claim()).as("the first").isFalse();
  }
}
