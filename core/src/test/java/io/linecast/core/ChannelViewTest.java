package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelViewTest {

  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);
  private final ChannelView view = new ChannelView(test.channel());

  @Test
  void shouldSeeTheClientsOfEveryEncodingAndNoObserver() {
    Subscriber plain = test.join(new FakeSink(), 0);
    Subscriber numbered = test.arrive(new FakeSink(), new From.New());
    test.channel().observe(0, new FakeSink());
    List<Subscriber> seen = new ArrayList<>();
    view.forEachClient(0, seen::add);

    assertThat(seen).containsExactly(plain, numbered);
  }

  @Test
  void shouldCountDeliveriesOfThoseWhoHaveLeftOnceAndForGood() {
    Subscriber leaves = test.join(new FakeSink(), 0);
    test.join(new FakeSink(), 0);
    test.arrive(new FakeSink(), new From.New());
    test.publish(null, "a\nb\n");
    assertThat(view.deliveredBy(0)).isEqualTo(6);

    test.channel().leave(leaves);
    assertThat(view.deliveredBy(0)).isEqualTo(6);

    test.publish(null, "c\n");
    assertThat(view.deliveredBy(0)).isEqualTo(8);
  }

  @Test
  void shouldNotCountWhatAFullSocketIsStillOwed() {
    test.join(new FakeSink(3), 0);
    test.publish(null, "a\nb\n");

    assertThat(view.deliveredBy(0)).isEqualTo(1);
  }

  @Test
  void shouldSayWhichLinesThereAre() {
    assertThat(view.nextLine()).isEqualTo(1);
    assertThat(view.oldestLine()).isEqualTo(1);

    test.publishBytes(3 * OneLoopChannel.WINDOW_BYTES);

    assertThat(view.nextLine()).isEqualTo(1 + 3 * 64);
    assertThat(view.oldestLine()).isGreaterThan(64).isLessThanOrEqualTo(1 + 2 * 64);
  }
}
