package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import org.junit.jupiter.api.Test;

/** A server that is killed and started anew on its port: what its clients can know, and what not. */
@BlackBox
class KilledServerIT {

  @Test
  void shouldTellClientsOfAKilledServerThatItsNumberingHasEnded() {
    try (ServerUnderTest first = ServerUnderTest.start();
        Clients before = new Clients(first)) {
      AckClient alice = before.join("listen=no publisher=alice");
      AckClient bob = before.join("");
      for (int n = 1; n <= 5; n++) {
        alice.publish(n, "line " + n);
      }
      assertThat(bob.next(3)).hasSize(3);
      kill(first);
      try (ServerUnderTest second = startAnew(first);
          Clients after = new Clients(second)) {
        String old = alice.answer().epoch();
        AckClient again = after.join("from=4 epoch=" + old);
        assertThat(again.answer().epoch()).isNotEqualTo(old);
        assertThat(again.answer().next()).isEqualTo(1);
        assertThat(again.next()).isEqualTo(new Gap(4, Long.MAX_VALUE, "epoch"));
        AckClient publisher = after.join("listen=no publisher=alice");
        assertThat(publisher.answer().last()).as("it remembers nothing").hasValue(0);
        assertThat(publisher.publish(5, "line 5").seq()).isEqualTo(1);
        assertThat(again.next()).isEqualTo(new Line(1, "line 5"));
      }
    }
  }

  static void kill(ServerUnderTest server) {
    server.program().signal("KILL");
    assertThat(server.program().exitCode(AckClient.PATIENCE)).isEqualTo(128 + 9);
  }

  static ServerUnderTest startAnew(ServerUnderTest killed) {
    return ServerUnderTest.start("--port", Integer.toString(killed.port()));
  }
}
