package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** More at once than a window holds: senders wait for the server, and nobody is dropped for it. */
@BlackBox
class OverloadIT {
  private static final int SENDERS = 80;
  private static final int LISTENERS = 5;

  @Test
  void shouldReadNoFurtherFromSendersInsteadOfDroppingHealthyClients() {
    try (ServerUnderTest server = slowServer();
        Crowd crowd = Crowd.joined(server, SENDERS + LISTENERS)) {
      Load warmUp = new Load(crowd.members().subList(SENDERS, SENDERS + 1), 10_000, 500);
      warmUp.sendInStep(crowd, 500);
      Load load = new Load(crowd.members().subList(0, SENDERS), 150, 500);
      server.program().signal("STOP");
      load.sendAtOnce();
      server.program().signal("CONT");
      crowd.awaitLines(m -> warmUp.eligible(m) + load.eligible(m), Duration.ofSeconds(30));
      assertThat(crowd.members()).noneMatch(CrowdMember::isGone);
      Balance balance = server.stopAndBalance();
      assertThat(balance.delivered()).as("%s", balance).isEqualTo(balance.eligible());
    }
  }

  /**
   * With one loop, and a virtual machine that compiles nothing, a server slower than its clients.
   */
  private static ServerUnderTest slowServer() {
    return new ServerLauncher()
        .environment("LINECAST_JAVA_OPTS", "-Xint")
        .with("--window", "2m", "--event-loops", "1")
        .start();
  }
}
