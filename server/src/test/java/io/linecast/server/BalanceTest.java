package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Account;
import io.linecast.core.Counter;
import io.linecast.core.Counters;
import org.junit.jupiter.api.Test;

class BalanceTest {

  @Test
  void shouldAddThoseHereToThoseWhoHaveLeft() {
    Counters counters = new Counters();
    counters.add(Counter.ELIGIBLE, 18);
    counters.add(Counter.DELIVERED_TO_DEPARTED, 3);
    counters.add(Counter.SKIPPED_BY_DEPARTED, 1);
    counters.add(Counter.LOST_WITH_DEPARTED, 2);

    Balance balance =
        Balance.ofDeparted(counters)
            .plus(new Account(7, 4, 1, 2))
            .plus(new Account(5, 5, 0, 0))
            .withEligible(counters.get(Counter.ELIGIBLE));

    assertThat(balance).isEqualTo(new Balance(18, 12, 2, 2, 2));
  }

  @Test
  void shouldTakeNothingBackButWhatIsPending() {
    Balance earlier = new Balance(20, 15, 1, 1, 3);
    Balance withoutOneWhoLeft = new Balance(21, 5, 0, 0, 1);

    assertThat(withoutOneWhoLeft.since(earlier)).isEqualTo(new Balance(21, 15, 1, 1, 1));
  }
}
