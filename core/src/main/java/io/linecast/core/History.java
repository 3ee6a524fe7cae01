package io.linecast.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** The lines that a journal keeps, to be read again. Safe from any thread. */
public interface History {

  /** None: what is no more in the feed is kept nowhere. */
  History NONE =
      new History() {
        @Override
        public long oldest() {
          return Long.MAX_VALUE;
        }

        @Override
        public Stretch read(long first, long last, ByteBuffer into) {
          return new Stretch(last + 1, 0);
        }

        @Override
        public long lineAt(Instant time) {
          return Long.MAX_VALUE;
        }
      };

  /**
   * Lines that were read.
   *
   * @param first the number of the first; if it is not the one asked for, those before it are kept
   *     no more, or, from {@link #oldest} on, no line has these numbers
   * @param lines how many; 0 if none of those asked for is kept
   * @param holes where numbers between or behind them are that no line has, rising
   */
  record Stretch(long first, int lines, List<Hole> holes) {

    /** Lines that follow each other without a gap. */
    public Stretch(long first, int lines) {
      this(first, lines, List.of());
    }

    /** Up to which number it says what became of each. */
    public long last() {
      return first - 1 + lines + holes.stream().mapToLong(Hole::numbers).sum();
    }
  }

  /**
   * Numbers that no line has.
   *
   * @param behindLines how many of the lines that were read come before them, at least 1
   * @param numbers how many, at least 1
   */
  record Hole(int behindLines, long numbers) {}

  /** The oldest line that can be read; {@link Long#MAX_VALUE} if none can. At once. */
  long oldest();

  /**
   * Reads lines from {@code first} to {@code last} at most, about as many as there is room for, and
   * one at least if there is room for that: each with its line feed, put into {@code into} at its
   * position. Waits for the disk, so it is never called on an event loop.
   *
   * @return of no line, from {@code first} on, if there is no room for that
   * @throws IOException if they cannot be read now; it says why
   */
  Stretch read(long first, long last, ByteBuffer into) throws IOException;

  /**
   * The number of the first line kept that was accepted at or after a time; {@link Long#MAX_VALUE}
   * if none was. Waits, as above.
   *
   * @throws IOException if that cannot be found out now
   */
  long lineAt(Instant time) throws IOException;

  /** Whether it has the times of lines. */
  default boolean hasTimes() {
    return this != NONE;
  }
}
