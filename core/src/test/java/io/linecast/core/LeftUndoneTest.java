package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done, and what never will be, once the server stops and sends its listeners away. */
class LeftUndoneTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.SKIP);
  private final ProgressBoard board = test.channel().board();
  private final List<Long> written = new ArrayList<>();
  private final List<Long> done = new ArrayList<>();

  @Test
  void shouldGoOnWaitingForAListenerThatWasSentAway() {
    FakeSink sink = new FakeSink();
    sink.sayDone(0);
    Subscriber listener = arriveAndStop(sink);
    assertThat(written).last().isEqualTo(2L);
    assertThat(done).last().isEqualTo(0L);

    sink.sayDone(1);
    listener.sweep().onMemberProgress();
    test.runLoops();

    assertThat(done).last().isEqualTo(1L);
    assertThat(board.undoneBehind()).as("it may still say more").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldCallUndoneForEverWhatAListenerLeavesThatWasSentAway() {
    FakeSink sink = new FakeSink();
    sink.sayDone(1);
    Subscriber listener = arriveAndStop(sink);

    test.channel().leave(listener);
    test.runLoops();

    assertThat(board.undoneBehind()).isEqualTo(1);
    assertThat(done).as("though nobody is left").last().isEqualTo(1L);
    assertThat(written).last().isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldTellThoseWhoWaitThatTheyWaitInVain() {
    FakeSink sink = new FakeSink();
    sink.sayDone(1);
    Subscriber listener = arriveAndStop(sink);
    done.clear();

    test.channel().leave(listener);

    assertThat(done).isNotEmpty();
  }

  @Test
  void shouldWaitNoMoreForAListenerThatLeavesByItself() {
    FakeSink sink = new FakeSink();
    sink.sayDone(1);
    Subscriber listener = test.arrive(sink, new From.New());
    watch();
    test.publish(null, "a\nb\n");
    test.channel().leave(listener);
    test.runLoops();

    assertThat(board.done(null)).isEqualTo(Long.MAX_VALUE);
    assertThat(board.undoneBehind()).isEqualTo(Long.MAX_VALUE);
  }

  /** A listener comes, two lines are accepted and written, and the server stops. */
  private Subscriber arriveAndStop(FakeSink sink) {
    Subscriber listener = test.arrive(sink, new From.New());
    watch();
    test.publish(null, "a\nb\n");
    test.channel().stopAccepting();
    test.channel().finish(listener, CloseReason.SHUTTING_DOWN);
    test.runLoops();
    assertThat(sink.finished()).isEqualTo(CloseReason.SHUTTING_DOWN);
    return listener;
  }

  private void watch() {
    board.add(
        () -> {
          written.add(board.written(null));
          done.add(board.done(null));
        });
    test.runLoops();
  }
}
