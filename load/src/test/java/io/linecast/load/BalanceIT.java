package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BalanceIT {
  private static final int LINE_BYTES = 20;

  private final Share share = Share.of(ShareTest.options(Dialect.LINES, 4, 2, 1)).getFirst();

  @Test
  void shouldExpectTheLinesOfAllOthers() throws IOException {
    // Of 3 and 5 lines sent, the senders are due 5 and 3, and the others 8 each.
    assertThat(balance(5, 3, 8, 8)).isEqualTo(new Balance(24, 24, 0, 0, 0));
  }

  @Test
  void shouldNotSetOneConnectionsSurplusAgainstAnothersLoss() throws IOException {
    Balance balance = balance(5, 3, 10, 6);

    assertThat(balance).isEqualTo(new Balance(24, 24, 2, 2, 0));
    assertThat(balance.isEven()).isFalse();
  }

  @Test
  void shouldCountConnectionsThatEndWithinALine() throws IOException {
    Balance balance = balance(5, 3, 8, 7.5);

    assertThat(balance.broken()).isEqualTo(1);
    assertThat(balance.lost()).isEqualTo(1);
  }

  @Test
  void shouldAddUp() {
    assertThat(new Balance(1, 2, 3, 4, 5).plus(new Balance(10, 20, 30, 40, 50)))
        .isEqualTo(new Balance(11, 22, 33, 44, 55));
  }

  @Test
  void shouldCountLinesWhoseNumbersGrow() throws IOException {
    Share share = Share.of(ShareTest.options(Dialect.ACK, 2, 1, 1)).getFirst();
    try (Loopback loopback = new Loopback(3)) {
      loopback.fleet.beginNumbers(1, 8, 0);
      loopback.fleet.beginNumbers(2, 98, 0);
      String text = " 0123456789012345678\n";
      String first = "LINE 8" + text + "LINE 9" + text + "LINE 10" + text;
      String second = "LINE 98" + text + "LINE 99" + text + "LINE 10";
      loopback.say(1, first);
      loopback.say(2, second);
      loopback.discard(first.length() + second.length());

      assertThat(Balance.of(loopback.fleet, share, new long[] {3}))
          .isEqualTo(new Balance(6, 5, 1, 0, 1));
      assertThat(Balance.expectedBytes(loopback.fleet, share, new long[] {3}))
          .isEqualTo(27 + 27 + 28 + 28 + 28 + 29);
    }
  }

  private Balance balance(double... linesReceived) throws IOException {
    try (Loopback loopback = new Loopback(linesReceived.length)) {
      long allBytes = 0;
      for (int i = 0; i < linesReceived.length; i++) {
        byte[] bytes = new byte[(int) (linesReceived[i] * LINE_BYTES)];
        loopback.ends.get(i).getOutputStream().write(bytes);
        allBytes += bytes.length;
      }
      loopback.discard(allBytes);
      return Balance.of(loopback.fleet, share, new long[] {3, 5});
    }
  }
}
