package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "250, 1", "1000, 5", "15000, 64", "86400000, 64"})
  void shouldSpreadItsClientsOverATick(long heartbeatMillis, int slices) {
    assertThat(Heartbeat.slices(Duration.ofMillis(heartbeatMillis))).isEqualTo(slices);
  }

  @Test
  void shouldVisitASmallPartOfThousandsAtOnceWhereNothingElseIsSaid() {
    Duration usual = AckOptions.defaults().heartbeat();

    assertThat(4_000 / Heartbeat.slices(usual)).isLessThan(100);
  }
}
