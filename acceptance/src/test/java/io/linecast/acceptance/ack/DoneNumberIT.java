package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ack.Event.Pong;
import org.junit.jupiter.api.Test;

/** For which lines a {@code DONE} may be said. */
class DoneNumberIT extends OnSharedServer {

  @Test
  void shouldTakeADoneForEveryLineThatIsThere() {
    AckClient bob = join("listen=no");
    AckClient alice = join("");
    long own = alice.publish(1, "her own").seq();
    alice.send("DONE " + own, "DONE 1", "DONE " + (own - 1 > 0 ? own - 1 : 1));
    long others = bob.publish(1, "another's").seq();
    alice.next();
    alice.send("DONE " + others, "DONE 000" + others, "PING");
    assertThat(alice.next()).isEqualTo(new Pong(""));
  }

  @Test
  void shouldTakeADoneForALineThatIsOnItsWay() {
    AckClient bob = join("listen=no");
    AckClient alice = join("");
    long seq = bob.publish(1, "accepted").seq();
    alice.send("DONE " + seq);
    assertThat(alice.nextLine().seq()).isEqualTo(seq);
    alice.send("PING");
    assertThat(alice.next()).isEqualTo(new Pong(""));
  }

  @Test
  void shouldSayByeToADoneForTheNextLine() {
    AckClient alice = join("");
    long last = alice.publish(1, "the last").seq();
    alice.send("DONE " + (last + 1));
    alice.expectBye("bad-number");
  }
}
