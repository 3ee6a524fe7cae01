package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** All lines of a channel have one order, and every client hears them in it. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record OrderIT(Transport transport) {
  private static final int SENDERS = 8;
  private static final int LISTENERS = 4;

  @Test
  void shouldGiveAllClientsTheSameOrderHoweverManySendAtOnce() {
    try (ServerUnderTest server = ServerUnderTest.usual(transport);
        Crowd crowd = Crowd.joined(server, SENDERS + LISTENERS)) {
      Load load = new Load(crowd.members().subList(0, SENDERS), 5_000, 60);
      load.sendInTurns(50);
      crowd.awaitLines(load::eligible, Duration.ofSeconds(30));
      Transcript everything = crowd.members().getLast().transcript();
      for (CrowdMember member : crowd.members()) {
        assertThat(member.transcript().orderWithout(member.index()))
            .as("the order that %s heard, its own lines left out", member)
            .isEqualTo(everything.orderWithout(member.index()));
      }
      assertThat(changesOfSender(everything.orderWithout(-1)))
          .as("changes of sender, few of which would mean that they did not send at once")
          .isGreaterThan(SENDERS);
    }
  }

  private static long changesOfSender(long[] order) {
    long[] senders = Arrays.stream(order).map(line -> line >> 32).toArray();
    long changes = 0;
    for (int i = 1; i < senders.length; i++) {
      changes += senders[i] == senders[i - 1] ? 0 : 1;
    }
    return changes;
  }
}
