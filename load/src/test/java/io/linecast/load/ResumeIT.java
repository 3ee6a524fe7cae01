package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.load.Resume.Expected;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ResumeIT {

  private static final int LINE_BYTES = 20;
  private static final String LINE = "0123456789012345678\n";

  @Test
  void shouldKnowHowManyBytesTheLastLinesTake() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      loopback.fleet.beginNumbers(0, 101, 0);
      loopback.fleet.beginNumbers(1, 1_001, 0);

      Expected expected = Expected.of(loopback.fleet, LINE_BYTES, 2);

      int first = ("LINE 99 " + LINE + "LINE 100 " + LINE).length();
      int second = ("LINE 999 " + LINE + "LINE 1000 " + LINE).length();
      assertThat(expected.bytes()).containsExactly(first, second);
      assertThat(expected.total()).isEqualTo(first + second);
    }
  }

  @Test
  void shouldKnowWhoHasNotHadAllYet() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      loopback.fleet.beginNumbers(0, 3, 0);
      loopback.fleet.beginNumbers(1, 3, ("LINE 1 " + LINE).length());
      Expected expected = Expected.of(loopback.fleet, LINE_BYTES, 2);
      assertThat(expected.missing(loopback.fleet)).isEqualTo(2);

      String notAll = "LINE 1 " + LINE + "LINE 2 " + LINE.substring(1);
      String all = "LINE 2 " + LINE + "LINE 3 " + LINE;
      loopback.say(0, notAll);
      loopback.say(1, all);
      loopback.discard(notAll.length() + all.length());

      assertThat(expected.missing(loopback.fleet)).isEqualTo(1);
    }
  }

  @Test
  void shouldNotAskForMoreLinesThanThereAre() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      loopback.fleet.beginNumbers(0, 3, 0);

      assertThatThrownBy(() -> Expected.of(loopback.fleet, LINE_BYTES, 3))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("only 2 lines");
    }
  }
}
