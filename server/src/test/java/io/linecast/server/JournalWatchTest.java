package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log is told of a journal. */
class JournalWatchTest {

  private static final String TROUBLE =
      "WARN channel main: lines cannot be kept now; senders are refused or wait: the disk is full";

  private final HeldJournal journal = new HeldJournal();
  private final RecordingLogger log = new RecordingLogger();
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private final JournalWatch watch = new JournalWatch("main", journal, loop::add, log);

  /** The watch is told of the journal's changes, as by a channel. */
  @BeforeEach
  void open() {
    journal.open(
        new Journal.Kept() {
          @Override
          public void onKept(Batch lines, long firstLine) {}

          @Override
          public void onFailed(Batch lines) {}

          @Override
          public void onStateChanged() {
            watch.onChanged();
          }
        });
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void shouldSayNothingWhileAllIsWell() {
    watch.look();
    journal.setFull(true);
    journal.setFull(false);
    runLoop();

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void shouldSayOnceThatTroubleBeginsAndThatItEnds() {
    journal.beInTrouble("the disk is full");
    runLoop();
    watch.look();
    watch.look();
    assertThat(log.lines()).containsExactly(TROUBLE);

    journal.recover();
    runLoop();
    watch.look();
    assertThat(log.lines())
        .hasSize(2)
        .last()
        .asString()
        .matches("INFO channel main: lines are kept again, after \\d\\.\\d s");
  }

  @Test
  void shouldSayWhatWasTheMatterOfTroubleThatIsOverWhenTheLoopHasTime() {
    journal.beInTrouble("the disk is full");
    journal.recover();
    runLoop();

    assertThat(log.lines()).first().isEqualTo(TROUBLE);
    assertThat(log.lines()).last().asString().startsWith("INFO channel main: lines are kept again");
  }

  @Test
  void shouldSeeByItselfWhatTheJournalDoesNotTell() {
    JournalState full = new JournalState(Optional.of("the\ndisk is\tfull"), 0, 0, 1, 0);
    watch.take(full, 0);
    watch.take(JournalState.WELL, Duration.ofSeconds(83).toNanos());

    assertThat(log.lines())
        .containsExactly(TROUBLE, "INFO channel main: lines are kept again, after 1 min 23 s");
  }

  @ParameterizedTest
  @CsvSource({"PT0.04S,0.0 s", "PT12.34S,12.3 s", "PT60S,1 min 0 s", "PT25H1M2S,25 h 1 min 2 s"})
  void shouldTellHowLongItTook(Duration time, String words) {
    assertThat(JournalWatch.text(time)).isEqualTo(words);
  }

  private void runLoop() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
  }
}
