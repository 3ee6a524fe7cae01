package io.linecast.core;

import org.jspecify.annotations.Nullable;

/**
 * One sender's own numbers, and the lines that they became: the highest, and the last {@value
 * #REMEMBERED_LINES} or more, as far as the channel's {@link RunBudget} has room for them.
 *
 * <p>Guarded by its channel's append section.
 */
public final class Publisher {

  /** How many lines are remembered at least, where there is room. */
  public static final int REMEMBERED_LINES = 10_000;

  /** What became of a number. */
  public enum Use {
    /** It is higher than all before. */
    NEW,
    /** It became a line. */
    SENT,
    /** It was passed over: nothing was published under it. */
    PASSED_OVER,
    /** It is too long ago to be known. */
    FORGOTTEN
  }

  /** A connection, as whoever publishes under a name is known. */
  public interface Holder {

    /** Another one publishes under the name now. On any thread; returns at once. */
    void onSuperseded();
  }

  private final String name;

  private final SentRuns runs;
  private long highest;

  /** Who publishes under the name now; null if nobody does. */
  private @Nullable Holder holder;

  /** Ends what the holder hears; null if it hears nothing. */
  private @Nullable Runnable endHearing;

  /**
   * A sender that has sent nothing.
   *
   * @param name empty if it has none, and so ends with its connection
   * @param budget what it shares with the channel's other publishers
   */
  Publisher(String name, RunBudget budget) {
    this.name = name;
    this.runs = new SentRuns(budget);
  }

  /** Its name; empty if it has none. */
  public String name() {
    return name;
  }

  /** The highest number used; 0 if none was. */
  public long highest() {
    return highest;
  }

  /** A connection publishes under it from now on; null: none does. */
  void hold(@Nullable Holder connection) {
    if (connection != null && holder != null && !isHeldBy(connection)) {
      if (endHearing != null) {
        endHearing.run(); // or it would hear its own sender's lines before it is told
      }
      holder.onSuperseded();
    }
    holder = connection;
    endHearing = null;
  }

  /** Its holder hears, until another one publishes under the name. */
  void hear(Runnable end) {
    endHearing = end;
  }

  /** Whether that connection publishes under it now. */
  @SuppressWarnings("ReferenceEquality") // that connection and no other
  public boolean isHeldBy(Holder connection) {
    return holder == connection;
  }

  /** Lines have been accepted: {@code count} of them, under these numbers, which rise. */
  void record(long[] numbers, int count, long firstLine, int others) {
    for (int i = 0; i < count; ) {
      int run = 1;
      while (i + run < count && numbers[i + run] == numbers[i] + run) {
        run++;
      }
      runs.add(numbers[i], firstLine + i, run, others);
      i += run;
    }
    highest = numbers[count - 1];
  }

  /** Nothing is remembered of it any more. */
  void forget() {
    runs.clear();
  }

  /** What became of a number. */
  public Use useOf(long number) {
    if (number > highest) {
      return Use.NEW;
    }
    if (runs.has(number)) {
      return Use.SENT;
    }
    return runs.isForgotten(number) ? Use.FORGOTTEN : Use.PASSED_OVER;
  }

  /** The line that a number became. It must have. */
  public long lineOf(long number) {
    return runs.lineOf(number);
  }

  /** To how many others the line of a number went. It must have become one. */
  public int othersOf(long number) {
    return runs.othersOf(number);
  }

  /**
   * The lines remembered behind line {@code line}: the first of each run and the one after its
   * last, in turn, rising.
   */
  long[] linesAfter(long line) {
    return runs.linesAfter(line);
  }
}
