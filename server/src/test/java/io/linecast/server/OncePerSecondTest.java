package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {

  private final AtomicLong nowNanos = new AtomicLong(-5);
  private final OncePerSecond event = new OncePerSecond(nowNanos::get);
  private final List<Long> said = new ArrayList<>();

  @Test
  void shouldSayTheFirstTimeAtOnce() {
    event.happened(said::add);

    assertThat(said).containsExactly(1L);
  }

  @Test
  void shouldSaySoOnceASecondAndHowOftenItWas() {
    event.happened(said::add);
    nowNanos.addAndGet(999_999_999);
    event.happened(said::add);
    event.happened(said::add);
    assertThat(said).containsExactly(1L);

    nowNanos.addAndGet(1);
    event.happened(said::add);

    assertThat(said).containsExactly(1L, 3L);
  }
}
