package io.linecast.core;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The journal that keeps numbers only: history is the feed's window, and a restart begins anew.
 *
 * <p>Hands each batch back at once, on the caller's thread.
 */
public final class MemoryJournal implements Journal {

  private final String epoch = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private long lastLine;

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public void keep(Batch batch, Kept kept) {
    long firstLine = lastLine + 1;
    lastLine += batch.lineCount();
    kept.onKept(batch, firstLine);
  }
}
