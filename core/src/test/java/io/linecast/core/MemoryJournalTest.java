package io.linecast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryJournalTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Long> firstLines = new ArrayList<>();

  @Test
  void shouldNumberLinesFromOneWithoutAGap() {
    keep("one\n");
    keep("two\nthree\n");
    keep("four\n");

    assertThat(firstLines).containsExactly(1L, 2L, 4L);
  }

  @Test
  void shouldHandTheSameBatchBack() {
    Batch batch = Lines.fromNobody("one\n");

    journal.keep(batch, (kept, firstLine) -> assertThat(kept).isSameAs(batch));
  }

  private void keep(String lines) {
    journal.keep(Lines.fromNobody(lines), (batch, firstLine) -> firstLines.add(firstLine));
  }
}
