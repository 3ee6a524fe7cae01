package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording says of a channel, and that it need not run from the beginning. */
class FlightRecorderTest {

  private static final int MEMBERS = 300;

  @TempDir Path folder;
  private final Recording recording = new Recording();

  /** Whoever records gets all of a program's events, unless a setting says otherwise. */
  private String wanted = "";

  @AfterEach
  void close() {
    recording.close();
  }

  @Test
  void shouldRecordEachRevolutionWithWhatItWrote() throws IOException {
    OneLoopChannel test = withMembers();
    record("linecast.Sweep");
    test.publish(null, "one\n");
    test.publish(null, "three\n");

    List<RecordedEvent> sweeps = events();

    assertThat(sweeps).extracting(e -> e.getString("channel")).containsOnly("test");
    assertThat(sweeps).extracting(e -> e.getLong("visits")).containsExactly(300L, 300L);
    assertThat(sweeps).extracting(e -> e.getLong("bytes")).containsExactly(1200L, 1800L);
    assertThat(sweeps).extracting(e -> e.getInt("members")).containsExactly(MEMBERS, MEMBERS);
    assertThat(sweeps).extracting(RecordedEvent::getDuration).allMatch(Duration::isPositive);
  }

  @Test
  void shouldSplitAStepBetweenTheRevolutionsThatShareIt() throws IOException {
    OneLoopChannel test = withMembers();
    record("linecast.Sweep");
    // Revolutions end in mid-step: a line comes when the first member is offered the one before.
    FakeSink last = new FakeSink(Long.MAX_VALUE, new Answers(test, 3)::onTake);
    test.join(last, 0);
    test.publish(null, "ask\n");

    List<RecordedEvent> sweeps = events();

    assertThat(sweeps).hasSizeGreaterThan(1);
    assertThat(sum(sweeps, "bytes")).isEqualTo(4L * 4 * (MEMBERS + 1));
    assertThat(sweeps).extracting(e -> e.getLong("visits")).allMatch(v -> v > 0 && v <= 301);
  }

  @Test
  void shouldSayNothingOfARevolutionThatAFaultHasCutShort() throws IOException {
    OneLoopChannel test = withMembers();
    FakeSink faulty =
        new FakeSink(
            Long.MAX_VALUE,
            () -> {
              throw new IllegalStateException("a fault");
            });
    test.join(faulty, 0);
    record("linecast.Sweep");
    assertThat(catching(() -> test.publish(null, "one\n"))).hasMessage("a fault");
    test.runLoops();
    test.publish(null, "two\n");

    assertThat(events()).extracting(e -> e.getLong("visits")).containsExactly(MEMBERS + 1L);
  }

  @Test
  void shouldRecordWhomItDisconnectsAndWhatThatOneMissed() throws IOException {
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);
    test.join(new FakeSink(0), 0);
    record("linecast.Lapped");
    test.publishBytes(OneLoopChannel.WINDOW_BYTES + 2 * OneLoopChannel.LARGEST_RUN_BYTES);

    RecordedEvent lapped = onlyEvent();

    assertThat(lapped.getString("policy")).isEqualTo("DISCONNECT");
    assertThat(lapped.getLong("lines")).isEqualTo(66);
    assertThat(lapped.getLong("lagBytes")).isGreaterThan(OneLoopChannel.WINDOW_BYTES);
  }

  @Test
  void shouldRecordHowManyLinesAClientIsMadeToSkip() throws IOException {
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.SKIP);
    Subscriber subscriber = test.join(new FakeSink(0), 0);
    record("linecast.Lapped");
    test.publishBytes(OneLoopChannel.WINDOW_BYTES + 2 * OneLoopChannel.LARGEST_RUN_BYTES);

    RecordedEvent lapped = onlyEvent();

    assertThat(lapped.getString("policy")).isEqualTo("SKIP");
    assertThat(lapped.getLong("lines")).isPositive().isEqualTo(subscriber.account().skipped());
  }

  @Test
  void shouldRecordHowLongSendersWereHeldAndWhy() throws IOException {
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.STALL);
    FakeSink slow = new FakeSink(0);
    Subscriber subscriber = test.join(slow, 0);
    record("linecast.Overload");
    while (!test.channel().holdsSenders()) {
      test.publishBytes(OneLoopChannel.LARGEST_RUN_BYTES);
    }
    slow.makeRoom(Long.MAX_VALUE, subscriber);
    test.runLoops();
    assertThat(test.channel().holdsSenders()).isFalse();

    RecordedEvent held = onlyEvent();

    assertThat(held.getString("reason")).isEqualTo("STALL");
    assertThat(held.getString("channel")).isEqualTo("test");
    assertThat(held.getDuration()).isPositive();
  }

  /** A channel that was busy before anybody records, as a server that is looked into is. */
  private static OneLoopChannel withMembers() {
    OneLoopChannel test = new OneLoopChannel(SlowPolicy.DISCONNECT);
    for (int i = 0; i < MEMBERS; i++) {
      test.join(new FakeSink(), 0);
    }
    test.publish(null, "before\n");
    return test;
  }

  private void record(String event) {
    wanted = event;
    recording.start();
  }

  private List<RecordedEvent> events() throws IOException {
    recording.stop();
    Path file = folder.resolve("test.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(wanted))
        .toList();
  }

  private RecordedEvent onlyEvent() throws IOException {
    List<RecordedEvent> events = events();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static long sum(List<RecordedEvent> events, String field) {
    return events.stream().mapToLong(event -> event.getLong(field)).sum();
  }

  private static Throwable catching(Runnable action) {
    return catchThrowable(action::run);
  }

  /** Publishes so many lines more, one whenever its owner is offered something. */
  private static final class Answers {

    private final OneLoopChannel test;
    private int left;

    Answers(OneLoopChannel test, int count) {
      this.test = test;
      this.left = count;
    }

    void onTake() {
      if (left-- > 0) {
        test.channel().publish(Lines.fromNobody("ans\n"));
      }
    }
  }
}
