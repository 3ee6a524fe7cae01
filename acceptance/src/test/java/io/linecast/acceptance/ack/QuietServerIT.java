package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Ping;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that has nothing to say to a client says so: whoever hears nothing for two heartbeats
 * takes the connection for dead, whatever it says itself and whatever it waits for.
 */
@BlackBox
class QuietServerIT {
  /** One more than a client hears that is taken for dead. */
  private static final int PINGS = 3;

  /** Told as two seconds: what holds up the test or the server is no silence yet. */
  private static final String HEARTBEAT = "1100ms";

  @ParameterizedTest
  @ValueSource(strings = {"", "listen=no"})
  void shouldBreakItsOwnSilenceToAClientThatKeepsTalking(String hello) {
    try (ServerUnderTest server = ServerUnderTest.start("--heartbeat", HEARTBEAT);
        Clients clients = new Clients(server);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      AckClient talker = clients.join(hello);
      timer.scheduleAtFixedRate(() -> talker.send("PONG"), 0, 50, TimeUnit.MILLISECONDS);
      hearPings(talker);
    }
  }

  @Test
  void shouldBreakItsSilenceToASenderThatItHolds() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--heartbeat", HEARTBEAT, "--window", "1m", "--slow", "stall");
        Clients clients = new Clients(server)) {
      LineClient stuck = clients.joinPlainWithSmallBuffer();
      AckClient held = clients.join("listen=no");
      CompletableFuture<Void> flood =
          Background.run(() -> held.sendRaw(AckClient.sends(1, 16_000, " " + "x".repeat(1_000))));
      hearPings(held);
      assertThat(flood).as("sending 16 MB past %s", stuck).isNotDone();
    }
  }

  @Test
  void shouldBreakItsSilenceToASenderThatHasTooMuchUnanswered() {
    try (ServerUnderTest server =
            ServerUnderTest.start("--heartbeat", HEARTBEAT, "--max-unanswered", "10");
        Clients clients = new Clients(server)) {
      LineClient stuck = clients.joinPlainWithSmallBuffer();
      AckClient filler = clients.join("listen=no");
      for (int n = 1; n <= 100; n++) {
        filler.publish(n, "x".repeat(40_000));
      }
      AckClient patient = clients.join("listen=no ack=written");
      patient.sendRaw(AckClient.sends(1, 100, " behind what " + stuck + " does not read"));
      hearPings(patient);
    }
  }

  /** Waits for some {@code PING}s without answering: two heartbeats for each thing that comes. */
  private static void hearPings(AckClient client) {
    Duration limit = Duration.ofSeconds(2 * client.answer().number("heartbeat"));
    int pings = 0;
    while (pings < PINGS) {
      long before = System.nanoTime();
      Event event = client.nextEvenPing();
      assertThat(System.nanoTime() - before).as("ns to %s", event).isLessThan(limit.toNanos());
      assertThat(event).isInstanceOfAny(Ping.class, Sent.class);
      pings += event instanceof Ping ? 1 : 0;
    }
  }
}
