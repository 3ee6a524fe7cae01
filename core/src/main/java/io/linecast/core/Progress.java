package io.linecast.core;

import org.jspecify.annotations.Nullable;

/**
 * How far the followers that one sweep serves had come when it looked. Immutable. A follower who
 * comes later is for later lines only, so an old look says too little and never too much.
 *
 * <p>The second lowest is kept beside the lowest, because nobody waits for himself.
 *
 * @param written every follower's lines up to this one have been handed to its socket
 * @param slowest whose lines have not, beyond it; null if all have everything
 * @param writtenToOthers the same for all but {@code slowest}
 * @param done up to this line they are also dealt with, by those who say so
 * @param busiest who has not, beyond it
 * @param doneByOthers the same for all but {@code busiest}
 */
record Progress(
    long written,
    @Nullable Subscriber slowest,
    long writtenToOthers,
    long done,
    @Nullable Subscriber busiest,
    long doneByOthers) {

  /** Before the first look. */
  static final Progress UNKNOWN = new Progress(0, null, 0, 0, null, 0);

  /** Up to which line everybody but {@code self} has been written to. */
  long writtenFor(@Nullable Subscriber self) {
    return self != null && self == slowest ? writtenToOthers : written;
  }

  /** Up to which line everybody but {@code self} is done. */
  long doneFor(@Nullable Subscriber self) {
    return self != null && self == busiest ? doneByOthers : done;
  }

  /** Puts one together. One thread's own. */
  static final class Look {
    private long written;
    private @Nullable Subscriber slowest;
    private long writtenToOthers;
    private long done;
    private @Nullable Subscriber busiest;
    private long doneByOthers;

    /** Nobody has been looked at yet, and there are lines up to {@code head}. */
    Look(long head) {
      written = head;
      writtenToOthers = head;
      done = head;
      doneByOthers = head;
    }

    void at(Subscriber follower) {
      if (!follower.isAwaited()) {
        return;
      }
      long itsWritten = follower.writtenLine();
      long itsDone = follower.doneLine();
      if (itsWritten < written) {
        writtenToOthers = written;
        written = itsWritten;
        slowest = follower;
      } else {
        writtenToOthers = Math.min(writtenToOthers, itsWritten);
      }
      if (itsDone < done) {
        doneByOthers = done;
        done = itsDone;
        busiest = follower;
      } else {
        doneByOthers = Math.min(doneByOthers, itsDone);
      }
    }

    Progress result() {
      return new Progress(written, slowest, writtenToOthers, done, busiest, doneByOthers);
    }
  }
}
