package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.ServingTimes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told how long serving takes. */
class ServingTimesTest {

  private final List<String> told = new ArrayList<>();

  @Test
  void shouldTellBoth() {
    ServingTimes both = new BothTimes(listener("a"), listener("b"));
    both.delivered(1);
    both.swept(2);

    assertThat(told).containsExactly("a delivered 1", "b delivered 1", "a swept 2", "b swept 2");
  }

  @Test
  void shouldTellWhoeverWantsToKnowFromThenOn() {
    LateTimes late = new LateTimes();
    late.delivered(1);
    late.swept(2);
    late.tell(listener("a"));
    late.delivered(3);
    late.swept(4);

    assertThat(told).containsExactly("a delivered 3", "a swept 4");
  }

  private ServingTimes listener(String name) {
    return new ServingTimes() {
      @Override
      public void delivered(long nanos) {
        told.add(name + " delivered " + nanos);
      }

      @Override
      public void swept(long nanos) {
        told.add(name + " swept " + nanos);
      }
    };
  }
}
