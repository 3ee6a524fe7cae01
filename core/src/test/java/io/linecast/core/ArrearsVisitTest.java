package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much one visit of a client does that has arrears to hear. */
class ArrearsVisitTest {

  private static final int WINDOW_BYTES = 2 * 1024 * 1024;
  private static final int LINE_BYTES = 1024;
  private static final int LINES = 1_000;

  @Test
  void shouldPassOverAVisitsWorthOfOwnLinesAtATime() {
    LineChannel channel = channel();
    for (int i = 0; i < LINES; i++) {
      channel.publish(Lines.fromNobody(Lines.ofLength(LINE_BYTES)));
    }
    Subscriber client = channel.observe(0, new FakeSink());
    Arrears arrears =
        new Arrears(channel.feed(), Head.START, channel.feed().head(), new long[] {1, LINES + 1});

    int visits = 0;
    for (; !arrears.isEmpty(); visits++) {
      long before = arrears.line();
      long bytes = arrears.visit(client, BasicEncoding.PLAIN.newEncoder(1), Follower.VISIT_BYTES);
      assertThat(bytes).isEqualTo((arrears.line() - before) * LINE_BYTES);
      assertThat(bytes).isLessThan(2L * Follower.VISIT_BYTES);
    }

    assertThat(visits).isEqualTo(LINES * LINE_BYTES / Follower.VISIT_BYTES + 1);
    assertThat(arrears.lines()).isZero();
  }

  @Test
  void shouldOweAFullSocketNoMoreOfTheShortestLinesThanOfLongOnes() {
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);
    for (int i = 0; i < OneLoopChannel.WINDOW_BYTES / OneLoopChannel.LARGEST_RUN_BYTES; i++) {
      test.publish(null, "\n".repeat(OneLoopChannel.LARGEST_RUN_BYTES));
    }
    FakeSink full = new FakeSink(0);
    test.arrive(full, new From.Oldest());

    assertThat(full.owed()).isNotEmpty().hasSizeLessThan(40 * 1024);
  }

  private static LineChannel channel() {
    return new LineChannel(
        "test",
        new ObservedMemory().feed(WINDOW_BYTES, LINE_BYTES),
        new MemoryJournal(),
        new Pace(WINDOW_BYTES, SlowPolicy.SKIP),
        List.of(new ManualLoop()),
        List.of(new ManualLoop()));
  }
}
