package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomPollTest {

  @Test
  void shouldLookTheMoreSeldomTheLongerNothingIsTaken() {
    long waitMillis = RoomPoll.SHORTEST_MILLIS;
    int looksInFiveSeconds = 0;
    for (long passed = 0; passed < 5_000; passed += waitMillis) {
      waitMillis = RoomPoll.nextWaitMillis(waitMillis, 0);
      looksInFiveSeconds++;
    }

    assertThat(waitMillis).isEqualTo(RoomPoll.LONGEST_MILLIS);
    assertThat(looksInFiveSeconds).isLessThan(30);
  }

  @Test
  void shouldLookAgainSoonWhereSomethingWasTaken() {
    assertThat(RoomPoll.nextWaitMillis(RoomPoll.LONGEST_MILLIS, 1))
        .isEqualTo(RoomPoll.SHORTEST_MILLIS);
  }
}
