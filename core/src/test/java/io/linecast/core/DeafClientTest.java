package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A client that may not hear: it is there, and no line is for it. */
class DeafClientTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);
  private final FakeSink sink = new FakeSink();

  private Subscriber joinDeaf() {
    Subscriber deaf = test.channel().joinDeaf(test.channel().sweeps().getFirst(), sink);
    test.runLoops();
    return deaf;
  }

  @Test
  void shouldHearNothingAndNeverBeLate() {
    Subscriber deaf = joinDeaf();
    test.publish(null, "a line\n");
    test.publishBytes(2 * OneLoopChannel.WINDOW_BYTES);

    assertThat(sink.received()).isEmpty();
    assertThat(sink.closed()).isNull();
    assertThat(sink.finished()).isNull();
    assertThat(deaf.lagBytes()).isZero();
  }

  @Test
  void shouldHaveAnAccountOfNothing() {
    test.publish(null, "before\n");
    Subscriber deaf = joinDeaf();
    test.publish(null, "1\n2\n");
    assertThat(deaf.account()).isEqualTo(Account.NONE);
    assertThat(test.channel().leave(deaf)).isEqualTo(Account.NONE);
    assertThat(test.counter(Counter.LOST_WITH_DEPARTED)).isZero();
  }

  @Test
  void shouldBeNoneOfThoseThatALineIsFor() {
    joinDeaf();
    test.join(new FakeSink(), 0);
    Receipt receipt = test.channel().publish(Lines.fromNobody("a line\n"));
    assertThat(receipt.others()).isEqualTo(1);
  }

  @Test
  void shouldHoldNobodyUp() {
    joinDeaf();
    test.publish(null, "a line\n");
    assertThat(test.channel().board().written(null)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void shouldBeFinishedAtOnceWhenItOrTheServerEnds() {
    Subscriber deaf = joinDeaf();
    test.channel().finish(deaf, CloseReason.SHUTTING_DOWN);
    assertThat(sink.finished()).isEqualTo(CloseReason.SHUTTING_DOWN);
  }

  @Test
  void shouldBeFinishedIfItComesWhileTheServerStops() {
    test.channel().stopAccepting();
    joinDeaf();
    assertThat(sink.finished()).isEqualTo(CloseReason.SHUTTING_DOWN);
  }
}
