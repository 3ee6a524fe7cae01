package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Many clients at once. */
@BlackBox
class CrowdIT {
  private static final int CLIENTS = 4_000;
  private static final int SENDERS = 20;

  @Test
  void shouldServeFourThousandConnectionsAtOnce() {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Crowd crowd = Crowd.joined(server, CLIENTS)) {
      Load load = new Load(crowd.members().subList(0, SENDERS), 50, 60);
      load.sendEvenly(200);
      crowd.awaitLines(load::eligible, Duration.ofSeconds(30));
      assertThat(crowd.share(load::eligible)).as("share of the lines heard").isEqualTo(1.0);
    }
  }

  @Test
  void shouldGoOnForTheOthersWhenHalfOfFourThousandLeaveAtOnce() {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Crowd staying = Crowd.joined(server, CLIENTS / 2)) {
      Load load = new Load(staying.members().subList(0, SENDERS), 50, 60);
      try (Crowd leaving = Crowd.joined(server, CLIENTS / 2)) {
        load.sendAtOnce();
        assertThat(leaving.members()).hasSize(CLIENTS / 2);
      }
      staying.awaitLines(load::eligible, Duration.ofSeconds(30));
    }
  }
}
