package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SendersIT {
  private static final long MILLI = 1_000_000;
  private static final int LINE_BYTES = 20;

  /** 100 lines, one every 10 ms, in turns from two senders. */
  private final Share share = Share.of(ShareTest.options(Dialect.LINES, 4, 2, 1)).getFirst();

  private final LineFormat format = share.lineFormat();
  private final Schedule schedule = share.schedule();
  private final Latency lateness = new Latency(0);

  @Test
  void shouldSendWhatIsDueAndNothingElse() throws IOException {
    try (Loopback loopback = new Loopback(4);
        Senders senders = new Senders(loopback.fleet, share, lateness)) {
      assertThat(senders.sendDue(45 * MILLI)).as("lines due at 0, 10, 20, 30 and 40 ms").isTrue();
      assertThat(senders.sendDue(49 * MILLI)).isFalse();

      assertThat(senders.sentLines()).containsExactly(3, 2);
      assertThat(senders.nextDueNanos()).isEqualTo(50 * MILLI);
      assertThat(senders.isDone()).isFalse();
      assertLines(loopback, 0, 3);
      assertLines(loopback, 1, 2);
    }
  }

  @Test
  void shouldMakeUpForWhatItIsBehindAndSayHowMuchThatWas() throws IOException {
    try (Loopback loopback = new Loopback(4);
        Senders senders = new Senders(loopback.fleet, share, lateness)) {
      senders.sendDue(2_000 * MILLI);

      assertThat(senders.isDone()).isTrue();
      assertThat(senders.totalSentLines()).isEqualTo(100);
      assertThat(senders.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
      assertThat(lateness.maxMillis()).isCloseTo(2_000, within(3.0));
      assertLines(loopback, 0, 50);
      assertLines(loopback, 1, 50);
    }
  }

  @Test
  void shouldGoOnWithinALineWhereTheServerHadNoRoom() throws IOException {
    LoadOptions heavy = ShareTest.options(Dialect.LINES, 2, 1, 1).withRate(1_000_000);
    Share much = Share.of(heavy).getFirst();
    long allBytes = heavy.totalLines() * LINE_BYTES;
    try (Loopback loopback = new Loopback(2);
        Senders senders = new Senders(loopback.fleet, much, lateness)) {
      senders.sendDue(1_000 * MILLI);
      assertThat(senders.isDone()).as("20 MB find room at once").isFalse();
      assertThat(senders.blockedSends()).isPositive();

      LineFindings findings = new LineFindings();
      StreamVerifier verifier =
          new StreamVerifier(
              much.lineFormat(),
              Frame.NONE,
              Share.NOBODY,
              much.schedule(),
              findings,
              new Latency(0));
      byte[] bytes = new byte[64 << 10];
      for (long received = 0; received < allBytes; ) {
        int count = loopback.ends.getFirst().getInputStream().read(bytes);
        verifier.accept(bytes, count, 0);
        received += count;
        senders.retryBlocked();
      }
      verifier.finish(sender -> heavy.totalLines());

      assertThat(senders.isDone()).isTrue();
      assertThat(findings.isClean()).isTrue();
    }
  }

  private void assertLines(Loopback loopback, int sender, int count) throws IOException {
    byte[] line = new byte[LINE_BYTES];
    for (int i = 0; i < count; i++) {
      loopback.ends.get(sender).getInputStream().readNBytes(line, 0, LINE_BYTES);
      assertThat(format.isWhole(line, 0)).isTrue();
      assertThat(format.sender(line, 0)).isEqualTo(sender);
      assertThat(format.sequence(line, 0)).isEqualTo(i);
      assertThat(format.timeNanos(line, 0))
          .isEqualTo(schedule.dueNanos(schedule.lineOf(sender, i)));
    }
    assertThat(loopback.ends.get(sender).getInputStream().available()).isZero();
  }
}
