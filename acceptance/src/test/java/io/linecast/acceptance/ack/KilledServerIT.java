package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Gap;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.client.ClientBuilder;
import io.linecast.client.Events;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.Sent;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed and started anew on its port: what its clients can know, and what not.
 */
@BlackBox
class KilledServerIT {
  private static final int ANSWERED = 50;
  private static final int UNANSWERED = 10;
  private static final int HEARD = 20;

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

  @Test
  void shouldHaveTheJavaClientSayExactlyWhatItCannotKnow() {
    try (ServerUnderTest first = ServerUnderTest.start();
        Clients before = new Clients(first);
        LinecastClient client = client(first).listen(new From.Oldest()).connect()) {
      AckClient other = before.join("listen=no");
      IntStream.rangeClosed(1, HEARD).forEach(n -> other.publish(n, "heard " + n));
      IntStream.rangeClosed(1, ANSWERED).forEach(n -> answered(client.send("known " + n)));
      Events events = client.events();
      for (int n = 1; n <= HEARD; n++) {
        assertThat(text(next(events))).isEqualTo("heard " + n);
      }
      String old = client.session().epoch();
      first.program().signal("STOP");
      List<CompletableFuture<Sent>> unknown =
          IntStream.rangeClosed(1, UNANSWERED).mapToObj(n -> client.send("unknown " + n)).toList();
      kill(first);
      try (ServerUnderTest second = startAnew(first);
          Clients after = new Clients(second)) {
        for (int i = 0; i < UNANSWERED; i++) {
          assertUnknown(unknown.get(i), ANSWERED + i + 1, old);
        }
        assertEpochGap(next(events), old);
        Sent sent = answered(client.send("to the new server"));
        assertThat(sent.epoch()).isNotEqualTo(old).isEqualTo(client.session().epoch());
        assertThat(sent.seq()).as("nothing of the old ones was sent again").isEqualTo(1);
        after.join("listen=no").publish(1, "from the new server");
        assertThat(text(next(events))).isEqualTo("from the new server");
      }
    }
  }

  @Test
  void shouldHaveTheJavaClientSendAgainWhereItIsToldTo() {
    try (ServerUnderTest first = ServerUnderTest.start();
        LinecastClient client = client(first).atLeastOnce().connect()) {
      Sent before = answered(client.send("known"));
      first.program().signal("STOP");
      List<CompletableFuture<Sent>> unknown =
          IntStream.rangeClosed(1, UNANSWERED).mapToObj(n -> client.send("unknown " + n)).toList();
      kill(first);
      try (ServerUnderTest second = startAnew(first);
          Clients after = new Clients(second)) {
        for (int i = 0; i < UNANSWERED; i++) {
          Sent sent = answered(unknown.get(i));
          assertThat(sent.seq()).isEqualTo(i + 1);
          assertThat(sent.epoch()).isNotEqualTo(before.epoch());
        }
        AckClient reader = after.join("from=oldest");
        for (int n = 1; n <= UNANSWERED; n++) {
          assertThat(reader.next()).isEqualTo(new Line(n, "unknown " + n));
        }
      }
    }
  }

  private static ClientBuilder client(ServerUnderTest server) {
    return LinecastClient.to(server.host() + ":" + server.port())
        .backOff(Duration.ofMillis(5), Duration.ofMillis(50))
        .closePatience(Duration.ofSeconds(1));
  }

  /** What it has heard it has; of the lines behind that some are its own. */
  private static void assertEpochGap(io.linecast.client.Event event, String epoch) {
    assertThat(event)
        .isInstanceOfSatisfying(
            io.linecast.client.Gap.class,
            gap -> {
              assertThat(gap.first()).isBetween(HEARD + 1L, HEARD + ANSWERED + 1L);
              assertThat(gap.last()).isEqualTo(Long.MAX_VALUE);
              assertThat(gap.reason()).isEqualTo(GapReason.EPOCH);
              assertThat(gap.epoch()).isEqualTo(epoch);
            });
  }

  private static void assertUnknown(CompletableFuture<Sent> future, long number, String epoch) {
    assertThatThrownBy(() -> answered(future))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SendException.class,
            failure -> {
              assertThat(failure.number()).isEqualTo(number);
              assertThat(failure.mayBeRelayed()).as("%s", failure).isTrue();
              assertThat(failure.epoch()).isEqualTo(epoch);
            });
  }

  private static Sent answered(CompletableFuture<Sent> future) {
    return future.orTimeout(AckClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static io.linecast.client.Event next(Events events) {
    return events.poll(AckClient.PATIENCE).orElseThrow();
  }

  private static String text(io.linecast.client.Event event) {
    assertThat(event).isInstanceOf(io.linecast.client.Line.class);
    return ((io.linecast.client.Line) event).text();
  }

  private static void kill(ServerUnderTest server) {
    server.program().signal("KILL");
    assertThat(server.program().exitCode(AckClient.PATIENCE)).isEqualTo(128 + 9);
  }

  private static ServerUnderTest startAnew(ServerUnderTest killed) {
    return ServerUnderTest.start("--port", Integer.toString(killed.port()));
  }
}
