package io.linecast.load;

import static io.linecast.load.SomeResult.MILLI_NANOS;
import static io.linecast.load.SomeResult.SECOND_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubtsTest {
  private static final LoadOptions ALONE = ShareTest.options(Dialect.LINES, 20, 1, 1);
  private static final LoadOptions TOGETHER = ShareTest.options(Dialect.LINES, 20, 2, 2);

  private final SomeResult result = new SomeResult(ALONE);

  @Test
  void shouldTrustARunInWhichAllWasWell() {
    result.loopTime.add(90, false, true);
    result.loopTime.add(10, false, false);
    result.lateness.record(0, MILLI_NANOS);

    assertThat(Doubts.of(ALONE, result.made())).isEmpty();
  }

  @Test
  void shouldDoubtALoadBehindItsSchedule() {
    result.lateness.record(0, 3 * MILLI_NANOS);

    expectOnly("schedule");
  }

  @Test
  void shouldDoubtALoadWithoutACoreToItself() {
    result.ownCpuNanos = SECOND_NANOS / 2;

    expectOnly("core to itself");
  }

  @Test
  void shouldDoubtALoadThatAlwaysHasAllToRead() {
    result.loopTime.add(60, true, true);
    result.loopTime.add(40, false, false);

    expectOnly("hands full");
  }

  @Test
  void shouldDoubtALoadThatIsNeverAtRest() {
    result.loopTime.add(990, false, true);
    result.loopTime.add(10, false, false);

    expectOnly("nothing to do");
  }

  @Test
  void shouldDoubtProcessesThatTakeTheWholeMachine() {
    result.ownCpuNanos = SECOND_NANOS * Runtime.getRuntime().availableProcessors();

    assertThat(Doubts.ofTheLoad(TOGETHER, result.made()))
        .singleElement()
        .asString()
        .contains("CPU");
    assertThat(Doubts.ofTheLoad(ALONE, result.made())).isEmpty();
  }

  @Test
  void shouldTellOfWhatWasNotTheLoadsFault() {
    result.blockedSends = 1;
    result.kernel = new KernelCounters(5, 1);
    result.sentLines--;

    assertThat(Doubts.ofTheLoad(ALONE, result.made())).isEmpty();
    assertThat(Doubts.of(ALONE, result.made()))
        .hasSize(3)
        .anyMatch(doubt -> doubt.contains("senders had to wait"))
        .anyMatch(doubt -> doubt.contains("netdev_max_backlog"))
        .contains(Doubts.NOT_ALL_SENT);
  }

  private void expectOnly(String part) {
    assertThat(Doubts.of(ALONE, result.made())).singleElement().asString().contains(part);
    assertThat(Doubts.ofTheLoad(ALONE, result.made())).hasSize(1);
  }
}
