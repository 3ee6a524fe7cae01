package io.linecast.core;

import org.jspecify.annotations.Nullable;

/** A sender's own numbers for lines, which rise. Immutable, as long as its array is not changed. */
public final class Numbering {

  private final String name;
  private final @Nullable Publisher publisher;
  private final long[] numbers;
  private final int from;

  private Numbering(String name, @Nullable Publisher publisher, long[] numbers, int from) {
    this.name = name;
    this.publisher = publisher;
    this.numbers = numbers;
    this.from = from;
  }

  /**
   * Of a publisher here.
   *
   * @param numbers one for each line; not copied, so it must stay as it is until these are settled
   */
  public Numbering(Publisher publisher, long[] numbers) {
    this(publisher.name(), publisher, numbers, 0);
  }

  /** As above, of one with a name that has published at another server of the same channel. */
  public static Numbering ofElsewhere(String name, long[] numbers) {
    return new Numbering(name, null, numbers, 0);
  }

  /** The publisher's name; empty if it has none, and so ends with its connection. */
  public String name() {
    return name;
  }

  /** Null if it has published elsewhere. */
  @Nullable Publisher publisher() {
    return publisher;
  }

  /** The number of a line, the first being 0. */
  public long number(int line) {
    return numbers[from + line];
  }

  /** The same without those of so many lines at the beginning. */
  Numbering from(int lines) {
    return new Numbering(name, publisher, numbers, from + lines);
  }
}
