package io.linecast.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    /** It waits to become a line. */
    AWAITED,
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

  /** The highest number that the journal has or had, and how many lines it has not handed back. */
  private long highestAwaited;

  private long awaited;

  /** Who waits until it has handed back all of them. */
  private final List<Runnable> waiting = new ArrayList<>(0);

  /** Who publishes under the name now; null if nobody does. */
  private @Nullable Holder holder;

  /** What the holder hears, and what ends that; null if it hears nothing. */
  private @Nullable Subscriber hearer;

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

  /** The highest number that is used, or may turn out to be; 0 if none. */
  public long highestTaken() {
    return Math.max(highest, highestAwaited);
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
    hearer = null;
    endHearing = null;
  }

  /** Its holder hears, until another one publishes under the name. */
  void hear(Subscriber by, Runnable end) {
    hearer = by;
    endHearing = end;
  }

  /** Who hears, and must not hear its lines; null if nobody does. */
  @Nullable Subscriber hearer() {
    return hearer;
  }

  /** Whether that connection publishes under it now. */
  @SuppressWarnings("ReferenceEquality") // that connection and no other
  public boolean isHeldBy(Holder connection) {
    return holder == connection;
  }

  /** The journal has lines up to this number, so many of them new ones. */
  void await(long number, int lines) {
    highestAwaited = number;
    awaited += lines;
  }

  /** It is known what has become of so many of them. */
  void onSettled(int lines) {
    awaited -= lines;
    if (awaited == 0) {
      highestAwaited = 0;
      List<Runnable> told = List.copyOf(waiting);
      waiting.clear();
      told.forEach(Runnable::run);
    }
  }

  /** Whether it is not known yet if a number becomes a line. */
  public boolean awaits(long number) {
    return useOf(number) == Use.AWAITED;
  }

  /** Whether there is any such number. */
  boolean isAwaiting() {
    return awaited > 0;
  }

  /**
   * Calls back once it is known what becomes of all its numbers, on any thread, in the append
   * section. Only while it {@link #awaits} some.
   *
   * @return true
   */
  public boolean whenSettled(Runnable action) {
    return waiting.add(action);
  }

  /** Lines have been accepted: {@code count} of them, under these numbers, which rise. */
  void record(Numbering numbers, int count, long firstLine, int others) {
    for (int i = 0; i < count; ) {
      int run = 1;
      while (i + run < count && numbers.number(i + run) == numbers.number(i) + run) {
        run++;
      }
      runs.add(numbers.number(i), firstLine + i, run, others);
      i += run;
    }
    highest = numbers.number(count - 1);
  }

  /** It had sent this before the journal was opened. */
  void restore(Journal.Sent sent) {
    if (highest == 0 && sent.number() > 1) {
      runs.forgetEarlier(); // they may have become lines
    }
    runs.add(sent.number(), sent.line(), sent.count(), 0);
    highest = sent.number() + sent.count() - 1;
  }

  /** What its sender is told of each, who has sent these numbers once more. */
  List<Receipt> receiptsOf(Numbering numbers, int count) {
    return IntStream.range(0, count).mapToObj(i -> receiptOf(numbers.number(i))).toList();
  }

  private Receipt receiptOf(long number) {
    return runs.has(number)
        ? new Receipt(runs.lineOf(number), runs.othersOf(number))
        : Receipt.REPEATED;
  }

  /** Nothing is remembered of it any more. */
  void forget() {
    runs.clear();
  }

  /** What became of a number. */
  public Use useOf(long number) {
    if (number > highest) {
      return number <= highestAwaited ? Use.AWAITED : Use.NEW;
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
