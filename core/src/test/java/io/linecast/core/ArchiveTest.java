package io.linecast.core;

import static io.linecast.core.KeptChannel.KEPT;
import static io.linecast.core.KeptChannel.heard;
import static io.linecast.core.KeptChannel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is read for clients that hear lines from the journal, for how many, and what if it fails.
 */
class ArchiveTest {

  private final FakeHistory history = new FakeHistory();

  private OneLoopChannel restarted(SlowPolicy policy) {
    return KeptChannel.restarted(history, policy, Archive.DEFAULT_BYTES);
  }

  @Test
  void shouldSayWhatHasExpiredMeanwhile() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink(1);
    Subscriber client = test.arrive(sink, new From.Oldest());
    test.runAll();
    history.expireBefore(6_001);
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();

    int chunk = 4_096 * 2; // the one at hand, and the one read ahead, are still there
    assertThat(sink.gaps()).isEmpty();
    assertThat(sink.received()).isEqualTo(heard(1, KEPT)).hasSizeGreaterThan(chunk);
  }

  @Test
  void shouldSayWhatHasExpiredBeforeItWasRead() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    history.expireBefore(6_001);
    test.runAll();

    assertThat(sink.gaps()).containsExactly("1-4096", "4097-6000");
    assertThat(sink.gapReasons()).containsExactly(GapReason.EXPIRED);
    assertThat(sink.received()).isEqualTo(heard(6_001, KEPT));
    assertThat(client.account()).isEqualTo(new Account(KEPT, KEPT - 6_000, 6_000, 0));
  }

  @Test
  void shouldWaitWhileTheJournalCannotBeRead() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Oldest());
    history.fail(2);
    test.runAll();
    assertThat(sink.received()).isEmpty();
    assertThat(test.loop().isIdle()).isTrue();
    for (int i = 0; i < 2; i++) {
      test.readers().passTime();
      test.runAll();
    }

    assertThat(sink.received()).isEqualTo(heard(1, KEPT));
  }

  @Test
  void shouldCloseAClientWhoseLinesCannotBeReadForGood() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Oldest());
    history.fail(Integer.MAX_VALUE);
    for (int i = 0; i <= Reading.ATTEMPTS; i++) {
      test.runAll();
      test.readers().passTime();
    }

    assertThat(sink.closed()).isEqualTo(CloseReason.JOURNAL);
    assertThat(client.isRetired()).isTrue();
    assertThat(sink.received()).isEmpty();
  }

  @Test
  void shouldWaitAsLongAsTheJournalKnowsThatItIsInTrouble() {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    KeepingJournal journal = new KeepingJournal(history);
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT, journal, 1 << 20);
    FakeSink sink = new FakeSink();
    test.arrive(sink, new From.Oldest());
    journal.setWorking(false);
    history.fail(4 * Reading.ATTEMPTS);
    for (int i = 0; i < 5 * Reading.ATTEMPTS; i++) {
      test.runAll();
      test.readers().passTime();
    }

    assertThat(sink.closed()).isNull();
    assertThat(sink.received()).isEqualTo(heard(1, KEPT));
  }

  @Test
  void shouldReadForManyWhatItReadsForOne() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    int before = history.reads();
    List<FakeSink> sinks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      FakeSink sink = new FakeSink();
      sinks.add(sink);
      test.arrive(sink, new From.Line(1 + 13L * i));
    }
    test.runAll();

    for (int i = 0; i < 100; i++) {
      assertThat(sinks.get(i).received()).isEqualTo(heard(1 + 13 * i, KEPT));
    }
    assertThat(history.reads() - before).isLessThanOrEqualTo(1 + KEPT / Shelf.LINES);
  }

  @Test
  void shouldKeepWithinItsMemoryHoweverManyThereAre() {
    int most = 256 * 1024;
    OneLoopChannel test = KeptChannel.restarted(history, SlowPolicy.DISCONNECT, most);
    List<FakeSink> sinks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FakeSink sink = new FakeSink();
      sinks.add(sink);
      test.arrive(sink, new From.Line(1 + i * 480L));
    }
    do {
      test.runLoops();
      assertThat(test.archive().takenBytes()).isLessThan(most + 3 * 160 * 1024);
    } while (test.readers().runOne());

    for (int i = 0; i < 20; i++) {
      assertThat(sinks.get(i).received()).isEqualTo(heard(1 + i * 480, KEPT));
    }
  }

  @Test
  void shouldHoldNothingForAClientThatHasLeft() {
    OneLoopChannel test = KeptChannel.restarted(history, SlowPolicy.DISCONNECT, 1);
    Subscriber client = test.arrive(new FakeSink(), new From.Oldest());
    test.channel().leave(client);
    test.runAll();
    FakeSink other = new FakeSink();
    test.arrive(other, new From.Line(2));
    test.runAll();

    assertThat(other.received()).as("read once there is room again").isEqualTo(heard(2, KEPT));
  }

  @Test
  void shouldFindTheLineOfATime() {
    OneLoopChannel test = restarted(SlowPolicy.DISCONNECT);
    List<From> found = new ArrayList<>();
    for (long second : new long[] {0, 17, KEPT, KEPT + 1}) {
      test.channel()
          .past()
          .find(
              new From.Since(Instant.ofEpochSecond(second)),
              test.loop(),
              found::add,
              refusal -> {
                throw refusal;
              });
    }
    assertThat(found).isEmpty();
    test.runAll();

    assertThat(found)
        .containsExactly(
            new From.Line(1), new From.Line(17), new From.Line(KEPT), new From.Line(KEPT + 1));
  }
}
