package io.linecast.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import io.linecast.core.Receipt;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two channels of a file, of which one's lines cannot be heard for a while. */
class HandOverTest {

  private static final String LARGE = "x".repeat(1 << 20) + "\n";

  @TempDir Path folder;

  private OpenJournal open;
  private Journal other;
  private final Told toldOther = new Told();

  @BeforeEach
  void openBoth() {
    open = new OpenJournal(folder.resolve("lines.db"));
    other = open.journals.of("other");
    other.open(toldOther);
  }

  @AfterEach
  void close() {
    other.close();
    open.close();
  }

  @Test
  void shouldLeaveOtherChannelsAlone() {
    CountDownLatch stalled = open.told.holdUp();
    open.journal.keep(Batches.plain("a\n"));
    for (int i = 1; i <= 20; i++) {
      open.journal.keep(Batches.plain("b\n"));
      other.keep(Batches.plain("x\n"));
      awaitOther(i);
    }
    assertThat(open.told.kept).isEmpty();
    await().until(() -> open.journal.state().lagLines() == 21);

    stalled.countDown();
    open.awaitLine(21);
    assertThat(open.told.kept).hasSize(21).startsWith("1 a\n", "2 b\n");
    await().until(() -> open.journal.state().lagLines() == 0);
  }

  @Test
  void shouldHoldOnlyTheSendersOfTheChannelThatWaits() throws Exception {
    CountDownLatch stalled = open.told.holdUp();
    for (int i = 1; i <= 8; i++) {
      open.journal.keep(Batches.plain(LARGE));
      long lines = i;
      await().until(() -> open.journal.state().lagLines() == lines); // it is kept
    }
    await().until(() -> open.journal.isFull());
    await().until(() -> other.state().waitingBytes() == 0);
    assertThat(other.isFull()).isFalse();
    assertThat(open.journal.state().waitingBytes()).isEqualTo(8L * LARGE.length());
    int changes = open.told.changes.get();

    stalled.countDown();
    open.awaitLine(8);
    await().until(() -> open.told.changes.get() > changes);
    assertThat(open.journal.isFull()).isFalse();
    assertThat(open.told.kept).as("its bytes").allMatch(told -> told.endsWith(" " + LARGE));
    assertThat(open.read(8, 8, 2 << 20)).isEqualTo("8+1 " + LARGE);
  }

  @Test
  void shouldTellWhatIsKeptBeforeItIsClosed() {
    CountDownLatch stalled = open.told.holdUp();
    for (int i = 0; i < 5; i++) {
      open.journal.keep(Batches.plain("a\n"));
    }
    await().until(() -> open.journal.state().lagLines() == 5);
    Thread closing = Thread.ofPlatform().start(open.journal::close);
    await().until(() -> closing.getState() == Thread.State.WAITING);
    assertThat(open.told.kept).isEmpty();

    stalled.countDown();
    Threads.awaitEnd(closing);
    assertThat(open.told.kept).hasSize(5);
  }

  @Test
  void shouldSayThatAChannelHasEndedByAFaultAndLeaveOthersAlone() {
    AtomicReference<Receipt> answer = new AtomicReference<>();
    Journal faulty = open.journals.of("faulty");
    faulty.open(new Faulty(answer));
    faulty.keep(Batches.plain("a\n"));
    await().until(() -> !faulty.isWorking());
    assertThat(faulty.state().trouble().orElseThrow()).contains("fault");

    faulty.keep(Batches.answered("bob", "b\n"));
    await().until(() -> answer.get() != null);
    assertThat(answer.get()).isSameAs(Receipt.FAILED);
    open.keep("x\n");
    assertThat(open.journal.isWorking()).isTrue();
    faulty.close();
  }

  /** Cannot take what is kept. */
  private record Faulty(AtomicReference<Receipt> answer) implements Journal.Kept {
    @Override
    public void onKept(Batch lines, long firstLine) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void onFailed(Batch lines) {
      answer.set(Receipt.FAILED);
    }

    @Override
    public void onStateChanged() {}
  }

  private void awaitOther(long line) {
    await("line " + line + " of the other").until(() -> toldOther.lastLine >= line);
  }
}
