package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines whose journal hands them back later. */
class DeferredLinesTest {

  private final HeldJournal journal = new HeldJournal();
  private final OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT, journal);
  private final List<Receipt> receipts = new ArrayList<>();

  @Test
  void shouldBeHeardOnlyOnceTheyAreKept() {
    FakeSink sink = new FakeSink();
    test.join(sink, 0);
    assertThat(publish(null, "a\nb\n")).isSameAs(Receipt.PENDING);
    test.runLoops();
    assertThat(sink.received()).isEmpty();
    assertThat(test.channel().isSettled()).isFalse();

    journal.handBack();
    test.runLoops();

    assertThat(sink.received()).isEqualTo("a\nb\n");
    assertThat(receipts).containsExactly(new Receipt(1, 1));
    assertThat(test.channel().isSettled()).isTrue();
  }

  @Test
  void shouldNotBeHeardBySender() {
    FakeSink plain = new FakeSink();
    Subscriber talker = test.join(plain, 0);
    FakeSink numbered = new FakeSink();
    Subscriber client = test.arrive(numbered, new From.New());
    publish(talker, "of the plain one\n");
    publish(client, "of the other\n");
    handBackAll();

    assertThat(plain.received()).isEqualTo("of the other\n");
    assertThat(numbered.received()).isEqualTo("LINE 1 of the plain one\n");
    assertThat(receipts).containsExactly(new Receipt(1, 1), new Receipt(2, 1));
    assertThat(talker.account()).isEqualTo(new Account(1, 1, 0, 0));
  }

  @Test
  void shouldBeForEverybodyElseWhereTheirSenderHasFinishedMeanwhile() {
    FakeSink sink = new FakeSink();
    test.join(sink, 0);
    Subscriber talker = test.join(new FakeSink(), 0);
    publish(talker, "last\n");
    test.channel().finish(talker, CloseReason.FINISHED);
    handBackAll();

    assertThat(sink.received()).isEqualTo("last\n");
    assertThat(receipts).containsExactly(new Receipt(1, 1));
    assertThat(test.channel().leave(talker)).isEqualTo(new Account(0, 0, 0, 0));
    assertThat(test.counter(Counter.ELIGIBLE)).isEqualTo(1);
  }

  @Test
  void shouldNotBeHeardByTheNextConnectionOfTheirPublisher() {
    Arrival old = arrive("ann", new FakeSink());
    publish(old, 1, "before\n");
    FakeSink sink = new FakeSink();
    Arrival now = arrive("ann", sink);
    handBackAll();
    publish(null, "other\n");
    handBackAll();

    assertThat(sink.received()).isEqualTo("LINE 2 other\n");
    assertThat(now.publisher().highest()).isEqualTo(1);
  }

  @Test
  void shouldNotBeHeardByTheirPublisherWhereTheyWerePublishedElsewhere() {
    FakeSink sink = new FakeSink();
    FakeSink others = new FakeSink();
    Arrival ann = arrive("ann", sink);
    test.join(others, 0);
    journal.handBackOfElsewhere("mine\nstill mine\n", "ann", 7);
    test.runLoops();

    assertThat(sink.received()).isEmpty();
    assertThat(others.received()).isEqualTo("mine\nstill mine\n");
    assertThat(ann.publisher().highest()).isEqualTo(8);
    assertThat(ann.publisher().lineOf(8)).isEqualTo(2);
  }

  @Test
  void shouldAllEnterWhereAJournalHandsBackMoreThanMayEnterAtOnce() {
    FakeSink plain = new FakeSink();
    FakeSink numbered = new FakeSink();
    test.join(plain, 0);
    test.arrive(numbered, new From.New());
    test.runLoops();
    String lines = Lines.ofLength(64).repeat(OneLoopChannel.LARGEST_RUN_BYTES / 64 * 3 / 2);
    journal.handBackOfElsewhere(lines, "ann", 7);
    test.runLoops();

    assertThat(plain.received()).isEqualTo(lines);
    assertThat(numbered.received().lines()).hasSize(Lines.count(lines));
  }

  @Test
  void shouldHaveTheirNumbersAwaited() {
    Arrival ann = arrive("ann", new FakeSink());
    AtomicInteger settled = new AtomicInteger();
    publish(ann, 3, "a\nb\n");

    assertThat(use(ann, 4)).isEqualTo(Publisher.Use.AWAITED);
    assertThat(use(ann, 5)).isEqualTo(Publisher.Use.NEW);
    assertThat(ann.publisher().highestTaken()).isEqualTo(4);
    ann.publisher().whenSettled(settled::incrementAndGet);
    assertThat(settled).hasValue(0);

    handBackAll();
    assertThat(settled).hasValue(1);
    assertThat(use(ann, 4)).isEqualTo(Publisher.Use.SENT);
  }

  @Test
  void shouldLeaveTheirNumbersUnusedWhereTheyFail() {
    FakeSink sink = new FakeSink();
    test.join(sink, 0);
    Arrival ann = arrive("ann", new FakeSink());
    AtomicInteger settled = new AtomicInteger();
    publish(ann, 3, "a\nb\n");
    ann.publisher().whenSettled(settled::incrementAndGet);
    journal.fail();
    test.runLoops();

    assertThat(settled).hasValue(1);
    assertThat(receipts).containsExactly(Receipt.FAILED);
    assertThat(use(ann, 3)).isEqualTo(Publisher.Use.NEW);
    assertThat(sink.received()).isEmpty();
    assertThat(test.channel().isSettled()).isTrue();
  }

  @Test
  void shouldBeRememberedOfNobodyWhoHasLeftWithoutAName() {
    FakeHolder holder = new FakeHolder();
    Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.empty());
    Arrival unnamed = test.channel().arrive(wish, 0, Optional.empty(), holder);
    publish(unnamed.publisher(), holder, null, 1, "a\n");
    test.channel().publishers().letGo(unnamed.publisher(), holder);
    handBackAll();

    assertThat(receipts).containsExactly(new Receipt(1, 0));
    assertThat(use(unnamed, 1)).isEqualTo(Publisher.Use.FORGOTTEN);
  }

  @Test
  void shouldHoldTheirSendersWhileTheJournalIsFull() {
    AtomicInteger resumed = new AtomicInteger();
    journal.setFull(true);
    assertThat(test.channel().holdsSenders()).isTrue();
    test.channel().awaitRelease(test.channel().sweeps().getFirst(), resumed::incrementAndGet);
    test.runLoops();
    assertThat(resumed).hasValue(0);

    journal.setFull(false);
    test.runLoops();
    assertThat(resumed).hasValue(1);
    assertThat(test.channel().holdsSenders()).isFalse();
  }

  @Test
  void shouldBeRefusedInTroubleIfTheirSenderCanBeTold() {
    journal.setWorking(false);

    assertThat(publish(null, "told\n")).isSameAs(Receipt.FAILED);
    assertThat(test.channel().publish(Lines.fromNobody("kept\n"))).isSameAs(Receipt.PENDING);
    assertThat(journal.waiting()).isEqualTo(1);
    assertThat(test.channel().holdsSenders()).isTrue();
  }

  @Test
  void shouldWakeInTroubleWhoeverWaits() {
    AtomicInteger resumed = new AtomicInteger();
    journal.setFull(true);
    test.channel().awaitRelease(test.channel().sweeps().getFirst(), resumed::incrementAndGet);
    journal.setWorking(false);
    test.runLoops();

    assertThat(resumed).hasValue(1);
    assertThat(test.channel().holdsSenders()).isTrue();
  }

  @Test
  void shouldEnterInPortionsForWhoeverHasComeMeanwhile() {
    String many = "\n".repeat(1000);
    publish(null, many);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.New());
    handBackAll();

    assertThat(sink.received()).isEqualTo(Lines.numbered("\n", 1, 1000));
    assertThat(receipts).hasSizeGreaterThan(1);
    assertThat(receipts.getFirst()).isEqualTo(new Receipt(1, 1));
  }

  @Test
  void shouldWaitForMemoryInNobodysWay() throws InterruptedException {
    String line = Lines.ofLength(OneLoopChannel.LARGEST_RUN_BYTES);
    int lines = OneLoopChannel.WINDOW_BYTES / line.length();
    for (int i = 0; i < lines; i++) {
      publish(null, line);
    }
    test.memory().setRefusing(true);
    Thread journals = Thread.ofPlatform().start(this::handBackWaiting);
    Awaitility.await().until(() -> test.memory().refusals() > 1);

    assertThat(publish(null, "meanwhile\n")).isSameAs(Receipt.PENDING);
    assertThat(receipts).hasSizeLessThan(lines);

    test.memory().setRefusing(false);
    assertThat(publish(null, "afterwards\n")).isSameAs(Receipt.PENDING); // its lock shows that
    journals.join();
    assertThat(receipts).hasSize(lines + 2).doesNotContain(Receipt.FAILED);
    assertThat(test.channel().feed().head().line()).isEqualTo(lines + 2);
  }

  @Test
  void shouldGoOnWhereTheJournalHasComeTo() {
    List<Journal.Sent> sent = List.of(new Journal.Sent("ann", 5, 38, 3));
    HeldJournal earlier = new HeldJournal(41, sent);
    OneLoopChannel again = new OneLoopChannel(SlowPolicy.DISCONNECT, earlier);
    FakeSink sink = new FakeSink();
    Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.of("ann"));
    Arrival ann = again.arrive(sink, wish, new FakeHolder());
    again.channel().publish(Lines.fromNobody("next\n"));
    earlier.handBack();
    again.runLoops();

    assertThat(ann.next()).isEqualTo(42);
    assertThat(ann.publisher().highest()).isEqualTo(7);
    assertThat(ann.publisher().lineOf(6)).isEqualTo(39);
    assertThat(sink.received()).isEqualTo("LINE 42 next\n");
  }

  private Arrival arrive(String name, FakeSink sink) {
    Arrival.Wish wish = new Arrival.Wish(new From.New(), Optional.empty(), Optional.of(name));
    return test.arrive(sink, wish, holder);
  }

  private final FakeHolder holder = new FakeHolder();

  private Publisher.Use use(Arrival of, long number) {
    return test.channel().publishers().ask(of.publisher(), its -> its.useOf(number));
  }

  private Receipt publish(@Nullable Subscriber origin, String lines) {
    int count = Lines.count(lines);
    return test.channel()
        .publish(new Batch(origin, Lines.bytes(lines), count, null, "", this::onSettled));
  }

  private void publish(Arrival from, long number, String lines) {
    publish(from.publisher(), holder, from.subscriber().orElse(null), number, lines);
  }

  private void publish(
      Publisher publisher, FakeHolder by, @Nullable Subscriber origin, long number, String lines) {
    int count = Lines.count(lines);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number + i;
    }
    Numbering numbering = new Numbering(publisher, numbers);
    Batch batch = new Batch(origin, Lines.bytes(lines), count, numbering, "", this::onSettled);
    assertThat(test.channel().publish(batch, by)).isSameAs(Receipt.PENDING);
  }

  private void onSettled(int lines, Receipt receipt) {
    receipts.add(receipt);
  }

  private void handBackAll() {
    handBackWaiting();
    test.runLoops();
  }

  private void handBackWaiting() {
    while (journal.waiting() > 0) {
      journal.handBack();
    }
  }
}
