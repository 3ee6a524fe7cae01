package io.linecast.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way from a journal, and who waits for it. What cannot be read is tried again, a
 * few times. Run by one reader at a time; the rest is guarded by the archive's lock.
 */
final class Reading implements Runnable {

  /** How often it is tried, and how long after one time the next. */
  static final int ATTEMPTS = 5;

  static final long PAUSE_MILLIS = 1_000;

  /** Whoever waits for a chunk. */
  interface Asker {

    /**
     * It is there, with a reference for this asker to release, or never will be. On any thread;
     * returns at once.
     */
    void onRead(Outcome outcome);
  }

  /**
   * What came of it.
   *
   * @param missingTo lines from the one asked for to this one will never come
   * @param chunk what comes behind these; null if there is nothing up to there, or on a failure
   * @param failure why it could not be read; null if it could
   */
  record Outcome(long missingTo, @Nullable Chunk chunk, @Nullable Exception failure) {

    /** Lets go of it. */
    void release() {
      if (chunk != null) {
        chunk.release();
      }
    }
  }

  private final Shelf shelf;
  private final long first;
  private final long last;
  private final List<Asker> askers = new ArrayList<>();
  private int failures;

  /** Of lines from {@code first} to {@code last} at most. */
  Reading(Shelf shelf, long first, long last) {
    this.shelf = shelf;
    this.first = first;
    this.last = last;
  }

  Shelf shelf() {
    return shelf;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  void add(Asker asker) {
    askers.add(asker);
  }

  List<Asker> askers() {
    return askers;
  }

  @Override
  public void run() {
    Archive archive = shelf.archive();
    try {
      archive.onRead(this, shelf.read(first, last));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failures++;
      shelf.onFailure(e, failures);
      if (failures < ATTEMPTS) {
        archive.readLater(this, PAUSE_MILLIS);
      } else {
        archive.onRead(this, new Outcome(0, null, new IOException(e)));
      }
    }
  }
}
