package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender hears on both sides of its own lines, wherever its socket is full. */
class AroundOwnLinesTest {

  private static final String OTHERS = "1\n2 two\n3\n4\n";

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 12, 100})
  void shouldGoOnWhereTheSocketWasFull(int room) {
    FakeSink sink = new FakeSink(room);
    Subscriber origin = test.join(sink, 0);
    publishAmongOwn(origin);

    assertThat(sink.received()).isEqualTo(OTHERS.substring(0, Math.min(room, OTHERS.length())));

    sink.makeRoom(1000, origin);
    test.runLoops();
    assertThat(sink.received()).isEqualTo(OTHERS);
    assertThat(origin.account()).isEqualTo(new Account(4, 4, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 8})
  void shouldCountAsPendingWhatTheSocketHasNotTaken(int room) {
    FakeSink sink = new FakeSink(room);
    Subscriber origin = test.join(sink, 0);
    publishAmongOwn(origin);

    long whole = OTHERS.substring(0, room).chars().filter(c -> c == '\n').count();
    assertThat(origin.account()).isEqualTo(new Account(4, whole, 0, 4 - whole));
  }

  private void publishAmongOwn(Subscriber origin) {
    test.channel().publish(Lines.fromNobody("1\n"));
    test.channel().publish(Lines.from(origin, "own\n"));
    test.channel().publish(Lines.fromNobody("2 two\n"));
    test.channel().publish(Lines.from(origin, "own\nown\n"));
    test.channel().publish(Lines.fromNobody("3\n4\n"));
    test.runLoops();
  }
}
