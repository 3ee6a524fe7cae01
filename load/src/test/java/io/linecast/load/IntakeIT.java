package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IntakeIT {
  private static final int VERIFIED = 2;
  private static final int COUNTED = 1;
  private static final int LINE_BYTES = 20;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int POLL_MILLIS = 100;

  private final Share share = Share.of(ShareTest.options(Dialect.LINES, 3, 1, 1)).getFirst();
  private final LineFindings findings = new LineFindings();
  private final Latency latency = new Latency(0);

  @Test
  void shouldReadTheSampleAndCountTheOthers() throws IOException {
    take(false);

    assertThat(findings.verified()).as("of the sample").isEqualTo(2);
    assertThat(findings.torn()).as("what only the other one was sent").isZero();
    assertThat(latency.count()).isEqualTo(2);
  }

  @Test
  void shouldReadToTheEndWhereAConnectionHasEnded() throws IOException {
    take(true);

    assertThat(findings.verified()).isEqualTo(2);
  }

  private void take(boolean ended) throws IOException {
    int[] sample = {VERIFIED};
    StreamVerifier[] verifiers = {
      new StreamVerifier(
          share.lineFormat(), Frame.NONE, Share.NOBODY, share.schedule(), findings, latency)
    };
    try (Loopback loopback = new Loopback(3);
        Intake intake = new Intake(loopback.fleet, RunClock.start(), sample, verifiers)) {
      loopback.ends.get(COUNTED).getOutputStream().write(new byte[3 * LINE_BYTES]);
      loopback.ends.get(VERIFIED).getOutputStream().write(twoLines());
      if (ended) {
        loopback.ends.get(VERIFIED).close();
      }
      awaitArrival(loopback.fleet.epoll(), ended);
      intake.onReadable(COUNTED, false);
      intake.onReadable(VERIFIED, ended);

      assertThat(loopback.fleet.receivedBytes(COUNTED)).isEqualTo(3 * LINE_BYTES);
      assertThat(loopback.fleet.receivedBytes(VERIFIED)).isEqualTo(2 * LINE_BYTES);
      assertThat(loopback.fleet.isOpen(VERIFIED)).isEqualTo(!ended);
    }
  }

  /** Reads nothing: all that has come, and the end of it, is the intake's to read in one go. */
  private static void awaitArrival(Epoll epoll, boolean ended) {
    Set<Integer> arrived = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (arrived.size() < 2 && System.nanoTime() < deadline) {
      int ready = epoll.poll(POLL_MILLIS);
      for (int event = 0; event < ready; event++) {
        int connection = epoll.token(event);
        boolean all = connection == VERIFIED && ended;
        if (all ? epoll.isEnded(event) : epoll.isReadable(event)) {
          arrived.add(connection);
        }
      }
    }
    assertThat(arrived).containsExactlyInAnyOrder(COUNTED, VERIFIED);
  }

  private byte[] twoLines() {
    byte[] lines = new byte[2 * LINE_BYTES];
    for (int i = 0; i < 2; i++) {
      share.lineFormat().encode(lines, i * LINE_BYTES, share.schedule().dueNanos(i), 0, i);
    }
    return lines;
  }
}
