package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At level {@code written} a {@code SENT} says that every client's socket has the line. */
class AckWrittenIT extends OnSharedServer {

  private static final Duration A_WHILE = Duration.ofMillis(150);

  /** More than the sockets between a server and a client that does not read can hold. */
  private static final int FILLING_LINES = 300;

  private static final String FILLING = "x".repeat(40_000);

  @Test
  void shouldAnswerAtOnceWhereEverybodyReads() {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("listen=no ack=written");
    for (int n = 1; n <= 100; n++) {
      long seq = alice.publish(n, "line " + n).seq();
      assertThat(bob.next()).isEqualTo(new Line(seq, "line " + n));
      assertThat(plain.hear()).isEqualTo("line " + n);
    }
  }

  @Test
  void shouldAnswerManyAtOnceInOrder() {
    AckClient bob = join("");
    AckClient alice = join("ack=written");
    long next = alice.answer().next();
    StringBuilder sends = new StringBuilder();
    for (int n = 1; n <= 5_000; n++) {
      sends.append("SEND ").append(n).append(" line\n");
    }
    alice.sendRaw(sends.toString());
    for (int i = 0; i < 5_000; i++) {
      assertThat(bob.next()).isEqualTo(new Line(next + i, "line"));
      assertThat(alice.next().uncounted()).isEqualTo(new Sent(i + 1, next + i, 0));
    }
  }

  @Test
  void shouldWaitForAListenerWhoseSocketIsFullUntilItReads() {
    AckClient stuck = clients.joinWithSmallBuffer("");
    AckClient alice = join("listen=no ack=written");
    long seq = fill() + 1;
    alice.send("SEND 1 behind all that");
    alice.expectSilence(A_WHILE);
    assertThat(join("listen=no ack=stored").publish(1, "at once").seq()).isEqualTo(seq + 1);
    for (long heard = 0; heard < seq; ) {
      heard = stuck.nextLine().seq();
    }
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
  }

  @Test
  void shouldWaitForAPlainClientTooUntilItReads() {
    LineClient stuck = clients.joinPlainWithSmallBuffer();
    AckClient alice = join("listen=no ack=done");
    long seq = fill() + 1;
    alice.send("SEND 1 behind all that");
    alice.expectSilence(A_WHILE);
    assertThat(stuck.hear(FILLING_LINES)).containsOnly(FILLING);
    assertThat(stuck.hear()).isEqualTo("behind all that");
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "reset"})
  void shouldWaitNoMoreForAListenerThatLeaves(String way) {
    AckClient stuck = clients.joinWithSmallBuffer("");
    AckClient alice = join("listen=no ack=written");
    long seq = fill() + 1;
    alice.send("SEND 1 behind all that");
    alice.expectSilence(A_WHILE);
    if (way.equals("close")) {
      stuck.close();
    } else {
      stuck.reset();
    }
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
  }

  @Test
  void shouldWaitForAListenerThatIsStillReadingOldLines() {
    AckClient alice = join("listen=no ack=written");
    long seq = fill() + 1;
    AckClient late = clients.joinWithSmallBuffer("from=" + (seq - FILLING_LINES));
    alice.send("SEND 1 behind all that");
    alice.expectSilence(A_WHILE);
    for (long heard = 0; heard < seq; ) {
      heard = late.nextLine().seq();
    }
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
  }

  @Test
  void shouldNotWaitForAListenerThatJoinedAfterTheLine() {
    AckClient alice = join("listen=no ack=written");
    AckClient stuck = clients.joinWithSmallBuffer("");
    long seq = fill() + 1;
    alice.send("SEND 1 behind all that");
    alice.expectSilence(A_WHILE);
    AckClient late = clients.joinWithSmallBuffer("from=" + (seq - FILLING_LINES));
    assertThat(late.nextLine().seq()).isEqualTo(seq - FILLING_LINES);
    stuck.close();
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
  }

  @Test
  void shouldWaitUntilAListenerThatALongGapPassesOverHasBeenTold() {
    try (ServerUnderTest small = startWithWindow16m();
        Clients there = new Clients(small)) {
      AckClient stuck = there.joinWithSmallBuffer("");
      AckClient alice = there.join("listen=no ack=written");
      long seq = fill(there) + 1;
      alice.send("SEND 1 behind all that");
      alice.expectSilence(A_WHILE);
      fill(there);
      fill(there);
      alice.expectSilence(A_WHILE);
      long expected = 1;
      boolean told = false;
      while (expected <= seq) {
        Event event = stuck.next();
        if (event instanceof Gap gap) {
          told = gap.first() <= seq && seq <= gap.last();
          expected = gap.last() + 1;
        } else {
          expected++;
        }
      }
      assertThat(told).as("the line stands in a gap").isTrue();
      assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
    }
  }

  @Test
  void shouldWaitNoMoreForAPlainClientThatIsDroppedForItsSlowness() {
    try (ServerUnderTest small = startWithWindow16m();
        Clients there = new Clients(small)) {
      LineClient stuck = there.joinPlainWithSmallBuffer();
      AckClient alice = there.join("listen=no ack=written");
      long seq = fill(there) + 1;
      alice.send("SEND 1 behind all that");
      alice.expectSilence(A_WHILE);
      fill(there);
      fill(there);
      assertThat(alice.next().uncounted()).isEqualTo(new Sent(1, seq, 0));
      assertThat(stuck.hearUntilGone()).hasSizeLessThan(FILLING_LINES);
    }
  }

  /** Publishes more than a socket holds; the number of the last line. */
  private long fill() {
    return fill(clients);
  }

  private static long fill(Clients clients) {
    try (AckClient filler = clients.join("listen=no ack=accepted")) {
      long last = 0;
      for (int n = 1; n <= FILLING_LINES; n++) {
        last = filler.publish(n, FILLING).seq();
      }
      return last;
    }
  }

  private ServerUnderTest startWithWindow16m() {
    return ServerUnderTest.start("--transport", transport.option(), "--window", "16m");
  }
}
