package io.linecast.sqlite;

import io.linecast.core.Batch;
import io.linecast.core.Numbering;
import org.jspecify.annotations.Nullable;

/**
 * A batch that waits to be kept, and then to be handed back. Its own buffer is not valid any more:
 * its bytes are copied into a {@link WaitingLines}.
 *
 * @param journal whose it is
 * @param batch as it came
 * @param offset where its bytes begin there
 * @param length how many they are
 * @param timeMillis when it came
 * @param isFailed whether it will not be kept
 */
record WaitingBatch(
    SqliteJournal journal, Batch batch, int offset, int length, long timeMillis, boolean isFailed) {

  WaitingBatch movedTo(int newOffset) {
    return new WaitingBatch(journal, batch, newOffset, length, timeMillis, isFailed);
  }

  /** It will not be kept, so nobody needs its bytes. */
  WaitingBatch failed() {
    return new WaitingBatch(journal, batch, offset, 0, timeMillis, true);
  }

  int lines() {
    return batch.lineCount();
  }

  /** Whose numbers its lines have; null if that is nobody by name. */
  @Nullable String publisher() {
    Numbering numbering = batch.numbering();
    return numbering == null || numbering.name().isEmpty() ? null : numbering.name();
  }
}
