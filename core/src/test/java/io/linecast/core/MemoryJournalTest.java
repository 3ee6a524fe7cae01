package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Batch> handedBack = new ArrayList<>();
  private final List<Long> firstLines = new ArrayList<>();

  @BeforeEach
  void open() {
    journal.open(
        new Journal.Kept() {
          @Override
          public void onKept(Batch lines, long firstLine) {
            handedBack.add(lines);
            firstLines.add(firstLine);
          }

          @Override
          public void onFailed(Batch lines) {
            throw new AssertionError("memory does not fail");
          }

          @Override
          public void onStateChanged() {}
        });
  }

  @Test
  void shouldNumberLinesFromOneWithoutAGap() {
    journal.keep(Lines.fromNobody("one\n"));
    journal.keep(Lines.fromNobody("two\nthree\n"));
    journal.keep(Lines.fromNobody("four\n"));

    assertThat(firstLines).containsExactly(1L, 2L, 4L);
  }

  @Test
  void shouldHandTheSameBatchBack() {
    Batch batch = Lines.fromNobody("one\n");

    journal.keep(batch);

    assertThat(handedBack).singleElement().isSameAs(batch);
  }
}
