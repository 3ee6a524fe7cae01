package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.protocol.From;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what a sender has sent is let in before it asks anew whether senders wait. */
class PortionTest {

  private static final int RUN = OneLoopChannel.LARGEST_RUN_BYTES;

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);

  @Test
  void shouldBeAllWhereNobodyHearsNumbers() {
    test.join(new FakeSink(), 0);

    assertThat(portionOf("\n".repeat(RUN))).isEqualTo(RUN);
  }

  @Test
  void shouldBeAllWhereNobodyHearsNumbersAnyMore() {
    test.channel().leave(test.arrive(new FakeSink(), new From.New()));

    assertThat(portionOf("\n".repeat(RUN))).isEqualTo(RUN);
  }

  @Test
  void shouldBeAllOfLongLines() {
    test.arrive(new FakeSink(), new From.New());
    String lines = Lines.ofLength(64).repeat(RUN / 64);

    assertThat(portionOf(lines)).isEqualTo(RUN);
    assertThat(portionOf(Lines.ofLength(RUN))).isEqualTo(RUN);
    assertThat(portionOf("y".repeat(RUN))).isEqualTo(RUN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, RUN})
  void shouldBeNoMoreWholeLinesThanMayEverEnterAtOnce(int lineBytes) {
    String lines = Lines.ofLength(lineBytes).repeat(3 * RUN / lineBytes);
    assertThat(portionOf(lines)).isEqualTo(RUN / lineBytes * lineBytes);
    assertThat(portionOf("y".repeat(2 * RUN))).as("no whole line").isEqualTo(2 * RUN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 20})
  void shouldBeWholeLinesThatAreNotMuchLongerWhenTheyAreNumbered(int lineBytes) {
    test.arrive(new FakeSink(), new From.New());
    String lines = Lines.ofLength(lineBytes).repeat(RUN / lineBytes);
    int portion = portionOf(lines);

    int count = portion / lineBytes;
    assertThat(portion % lineBytes).isZero();
    assertThat(count).isPositive();
    assertThat(portion + count * NumberedLines.PREFIX_MAX_BYTES).isLessThan(RUN + RUN / 2);
  }

  /**
   * What a loop may have under way is twice the largest run: a server's least window holds that.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 20, 60, 400, 513, RUN})
  void shouldTakeNoMoreOfTheNumberedFeedThanTwiceTheLargestRun(int lineBytes) {
    test.arrive(new FakeSink(), new From.New());
    Feed numbered = test.channel().editions().all().getLast().feed();
    String lines = Lines.ofLength(lineBytes).repeat(RUN / lineBytes);
    long start = numbered.head().position();
    int portions = 200;
    for (int i = 0; i < portions; i++) {
      test.publish(null, lines.substring(0, portionOf(lines)));
    }

    assertThat(numbered.head().position() - start).isLessThan(2L * portions * RUN);
  }

  @Test
  void shouldBeAllThatMayEnterAtOnce() {
    test.arrive(new FakeSink(), new From.New());
    String lines = "\n".repeat(portionOf("\n".repeat(RUN)));
    test.publish(null, lines);

    assertThatThrownBy(() -> test.publish(null, "\n".repeat(RUN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no portion");
    assertThat(test.channel().feed().head().line()).isEqualTo(lines.length());
  }

  @Test
  void shouldHoldFromTheNextTaskOfEachLoopOn() {
    String lines = "\n".repeat(portionOf("\n".repeat(RUN)));
    FakeSink sink = new FakeSink();
    Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.empty());
    test.channel().arrive(wish, 0, Optional.of(sink), new FakeHolder());
    test.publish(null, lines); // the loop has done nothing else since it asked

    assertThat(sink.received().lines()).hasSize(RUN);
    assertThatThrownBy(() -> test.publish(null, lines)).hasMessageContaining("no portion");
  }

  @Test
  void shouldEndWithTheLineThatWasBegun() {
    assertThat(test.channel().portionOf(Lines.bytes("gun\nnext\n"), true)).isEqualTo(4);
    assertThat(test.channel().portionOf(Lines.bytes("still no end"), true)).isEqualTo(12);
  }

  @Test
  void shouldBeginAtTheBuffersPosition() {
    ByteBuffer bytes = Lines.bytes("before\ngun\nnext\n").position(7);

    assertThat(test.channel().portionOf(bytes, true)).isEqualTo(4);
    assertThat(test.channel().portionOf(bytes, false)).isEqualTo(9);
    assertThat(bytes.position()).isEqualTo(7);
  }

  private int portionOf(String bytes) {
    return test.channel().portionOf(Lines.bytes(bytes), false);
  }
}
