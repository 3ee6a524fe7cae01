package io.linecast.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One sender's own numbers, and the lines that they became: the highest, and the last {@value
 * #REMEMBERED_LINES} or more. Numbers that follow each other, and whose lines do, take one entry
 * together.
 *
 * <p>Guarded by its channel's append section.
 */
public final class Publisher {

  /** How many lines are remembered at least. */
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

  private static final int FIELDS = 4;
  private static final int NUMBER = 0;
  private static final int LINE = 1;
  private static final int COUNT = 2;
  private static final int OTHERS = 3;
  private static final int INITIAL_ENTRIES = 2;

  private final String name;

  /** The entries, oldest first, from {@code first} to {@code end}. */
  private long[] entries = new long[FIELDS * INITIAL_ENTRIES];

  private int first;
  private int end;
  private long highest;
  private long remembered;

  /** Whether lines have been forgotten. */
  private boolean forgetful;

  /** Who publishes under the name now; null if nobody does. */
  private @Nullable Holder holder;

  /**
   * A sender that has sent nothing.
   *
   * @param name empty if it has none, and so ends with its connection
   */
  Publisher(String name) {
    this.name = name;
  }

  /** A sender without a name, which ends with its connection. */
  public static Publisher unnamed(Holder connection) {
    Publisher publisher = new Publisher("");
    publisher.hold(connection);
    return publisher;
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
      holder.onSuperseded();
    }
    holder = connection;
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
      add(numbers[i], firstLine + i, run, others);
      i += run;
    }
    highest = numbers[count - 1];
    forget();
  }

  private void add(long number, long line, long count, long others) {
    remembered += count;
    if (end > first) {
      int last = end - FIELDS;
      long lastCount = entries[last + COUNT];
      if (entries[last + NUMBER] + lastCount == number
          && entries[last + LINE] + lastCount == line
          && entries[last + OTHERS] == others
          && lastCount < REMEMBERED_LINES) {
        entries[last + COUNT] += count;
        return;
      }
    }
    if (end == entries.length) {
      makeRoom();
    }
    entries[end + NUMBER] = number;
    entries[end + LINE] = line;
    entries[end + COUNT] = count;
    entries[end + OTHERS] = others;
    end += FIELDS;
  }

  private void forget() {
    while (remembered - entries[first + COUNT] >= REMEMBERED_LINES) {
      remembered -= entries[first + COUNT];
      first += FIELDS;
      forgetful = true;
    }
  }

  private void makeRoom() {
    int used = end - first;
    long[] target = used > entries.length / 2 ? new long[2 * entries.length] : entries;
    System.arraycopy(entries, first, target, 0, used);
    entries = target;
    first = 0;
    end = used;
  }

  /** What became of a number. */
  public Use useOf(long number) {
    if (number > highest) {
      return Use.NEW;
    }
    if (entryOf(number) >= 0) {
      return Use.SENT;
    }
    boolean tooOld = forgetful && number < entries[first + NUMBER];
    return tooOld ? Use.FORGOTTEN : Use.PASSED_OVER;
  }

  /** The line that a number became. It must have. */
  public long lineOf(long number) {
    int entry = entryOf(number);
    return entries[entry + LINE] + number - entries[entry + NUMBER];
  }

  /** To how many others the line of a number went. It must have become one. */
  public int othersOf(long number) {
    return (int) entries[entryOf(number) + OTHERS];
  }

  /**
   * The lines remembered behind line {@code line}: the first of each run and the one after its
   * last, in turn, rising.
   */
  long[] linesAfter(long line) {
    long[] bounds = new long[2 * (end - first) / FIELDS];
    int size = 0;
    for (int i = first; i < end; i += FIELDS) {
      long runEnd = entries[i + LINE] + entries[i + COUNT];
      if (runEnd > line + 1) {
        bounds[size++] = Math.max(line + 1, entries[i + LINE]);
        bounds[size++] = runEnd;
      }
    }
    return Arrays.copyOf(bounds, size);
  }

  private int entryOf(long number) {
    int low = first;
    int high = end - FIELDS;
    while (low <= high) {
      int middle = low + (high - low) / FIELDS / 2 * FIELDS;
      if (entries[middle + NUMBER] > number) {
        high = middle - FIELDS;
      } else if (entries[middle + NUMBER] + entries[middle + COUNT] <= number) {
        low = middle + FIELDS;
      } else {
        return middle;
      }
    }
    return -1;
  }
}
