package io.linecast.core;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The journal that keeps numbers only: history is the feed's window, and a restart begins anew.
 *
 * <p>Hands each batch back at once, on the caller's thread.
 */
public final class MemoryJournal implements Journal {

  private final String epoch = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private @Nullable Kept kept;
  private long lastLine;

  @Override
  public String kind() {
    return JournalOptions.MEMORY;
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public void keep(Batch batch) {
    long firstLine = lastLine + 1;
    lastLine += batch.lineCount();
    Objects.requireNonNull(kept, "not open").onKept(batch, firstLine);
  }
}
