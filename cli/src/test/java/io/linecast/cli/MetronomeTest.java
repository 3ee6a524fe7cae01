package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetronomeTest {

  private static final long SECOND_NANOS = 1_000_000_000;

  private long nowNanos;

  @Test
  void shouldNeverWaitWithoutARate() {
    Metronome metronome = new Metronome(0, () -> nowNanos);
    metronome.await();
    metronome.await();
    assertThat(metronome.isEarly()).isFalse();
  }

  @Test
  void shouldBeEarlyUntilTheNextBeatIsDue() {
    Metronome metronome = new Metronome(10, () -> nowNanos);
    metronome.await();
    assertThat(metronome.isEarly()).isTrue();
    nowNanos = SECOND_NANOS / 10;
    assertThat(metronome.isEarly()).isFalse();
  }

  @Test
  void shouldMakeUpForALittleOnly() {
    Metronome metronome = new Metronome(100, () -> nowNanos);
    nowNanos = 60 * SECOND_NANOS;
    int beats = 0;
    while (!metronome.isEarly()) {
      metronome.await();
      beats++;
    }
    assertThat(beats).as("beats at once after a minute's delay").isBetween(2, 12);
  }
}
