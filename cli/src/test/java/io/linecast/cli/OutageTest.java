package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.client.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Session SESSION =
      new Session("here:1", "main", "e", 1, 1, "memory", 65_536, OptionalLong.empty());

  private final List<String> told = new ArrayList<>();

  @Test
  void shouldTellOnceThatTheConnectionIsLostAndThatItIsBack() {
    Outage outage = new Outage(told::add, Optional.empty());
    outage.onConnected(SESSION);
    outage.onRetry("lost here:1", SOON);
    outage.onRetry("cannot connect to here:1", SOON);
    outage.onConnected(SESSION);
    assertThat(told).containsExactly("lost here:1; trying again", "connected again to here:1");
  }

  @Test
  void shouldGiveUpWhenItHasLastedTooLong() {
    Outage outage = new Outage(told::add, Optional.of(Duration.ZERO));
    outage.onTooLong(() -> told.add("gives up"));
    outage.onConnected(SESSION);
    outage.onRetry("lost here:1", SOON);
    assertThat(outage.isTooLong()).isFalse();
    outage.onRetry("cannot connect to here:1", SOON);
    assertThat(outage.isTooLong()).isTrue();
    outage.onRetry("cannot connect to here:1", SOON);
    assertThat(told).containsExactly("lost here:1; trying again", "gives up");
  }

  @Test
  void shouldLeaveTheFirstConnectionToTheClient() {
    Outage outage = new Outage(told::add, Optional.of(Duration.ZERO));
    outage.onTooLong(() -> told.add("gives up"));
    outage.onRetry("cannot connect to here:1", SOON);
    outage.onRetry("cannot connect to here:1", SOON);
    assertThat(told).containsExactly("cannot connect to here:1; trying again");
  }
}
