package io.linecast.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handshakes at work, and those who have a time for something. */
class TimesTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START = -7 * SECOND;

  @Test
  void shouldKnowWhenNoMoreHandshakesShouldBegin() {
    Handshakes handshakes = new Handshakes(2, START);
    Handshakes.Handshake first = handshakes.begin(START);
    assertThat(handshakes.isFull(START)).isFalse();
    handshakes.begin(START);
    assertThat(handshakes.isFull(START)).isTrue();
    first.end(START);
    first.end(START);
    assertThat(handshakes.isFull(START)).isFalse();
  }

  @Test
  void shouldCountAHandshakeForTwoSecondsAtMost() {
    Handshakes handshakes = new Handshakes(1, START);
    Handshakes.Handshake silent = handshakes.begin(START);
    assertThat(handshakes.isFull(START + SECOND)).isTrue();
    assertThat(handshakes.isFull(START + 2 * SECOND)).isFalse();
    silent.end(START + 3 * SECOND);
    handshakes.begin(START + 3 * SECOND);
    assertThat(handshakes.isFull(START + 3 * SECOND)).isTrue();
  }

  @Test
  void shouldEndAHandshakeThatBeganInTheSecondBefore() {
    Handshakes handshakes = new Handshakes(1, START);
    handshakes.begin(START).end(START + SECOND);
    assertThat(handshakes.isFull(START + SECOND)).isFalse();
  }

  @Test
  void shouldNeverBeFullWhereThereIsNoLimit() {
    Handshakes handshakes = new Handshakes(0, START);
    handshakes.begin(START);
    assertThat(handshakes.isFull(START)).isFalse();
  }

  @Test
  void shouldHandOnWhoIsLateInTheirOrder() {
    Deadlines<String> deadlines = new Deadlines<>(10);
    deadlines.begin("ann", 0);
    deadlines.begin("bob", 1);
    deadlines.begin("carol", 2);
    deadlines.begin("ann", 9);
    deadlines.end("bob");
    assertThat(late(deadlines, 9)).isEmpty();
    assertThat(deadlines.nextNanos(9)).isEqualTo(1);
    assertThat(late(deadlines, 10)).containsExactly("ann");
    assertThat(late(deadlines, 100)).containsExactly("carol");
    assertThat(deadlines.isEmpty()).isTrue();
  }

  @Test
  void shouldLetWhoIsLateBeginAnew() {
    Deadlines<String> deadlines = new Deadlines<>(10);
    deadlines.begin("ann", 0);
    deadlines.takeLate(10, who -> deadlines.begin(who, 10));
    assertThat(late(deadlines, 19)).isEmpty();
    assertThat(late(deadlines, 20)).containsExactly("ann");
  }

  private static List<String> late(Deadlines<String> deadlines, long now) {
    List<String> late = new ArrayList<>();
    deadlines.takeLate(now, late::add);
    return late;
  }
}
