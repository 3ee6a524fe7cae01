package io.linecast.core;

import java.util.List;

/**
 * Gives a channel's lines their numbers (1, 2, 3 …) and keeps them.
 *
 * <p>A line enters the feeds only when its journal hands it back: nothing is heard that can be
 * forgotten. A journal hands lines back within {@link #keep}, as the one in memory does, or later,
 * on a thread of its own.
 */
public interface Journal extends AutoCloseable {

  /** Where lines go once they are kept, and who is told if they are not. */
  interface Kept {

    /**
     * Lines are kept: those of a batch, or of a part of one, or somebody else's. In the order of
     * the numbers, by one thread at a time. May take as long as the channel's senders would have to
     * wait.
     *
     * @param lines their bytes are valid during the call only
     * @param firstLine the number of the first; the others follow without a gap
     */
    void onKept(Batch lines, long firstLine);

    /**
     * Numbers that no line has, nor ever will: whoever hears numbers is told. As {@link #onKept}.
     */
    default void onVoid(long firstLine, long lastLine) {
      throw new IllegalStateException("lines " + firstLine + " to " + lastLine + " are missing");
    }

    /**
     * Lines of a batch, or of a part of one, under their sender's numbers, are in the journal, and
     * repeat what it has had before: no line has the numbers that these were given, and the sender
     * is told what became of the first ones, as far as that is remembered. As {@link #onKept}.
     *
     * <p>It is the journal that finds out, by nothing but what is in it: so servers that share one
     * agree, and its {@link History} can leave them out too.
     */
    default void onRepeated(Batch lines, long firstLine) {
      throw new IllegalStateException("line " + firstLine + " is repeated");
    }

    /** Lines of a batch will not be kept: its sender is told. In the order of its batches. */
    void onFailed(Batch lines);

    /** There may be room again, or trouble has come or gone. From any thread. */
    void onStateChanged();
  }

  /**
   * What a publisher has sent: numbers from {@code number} on, which became lines from {@code line}
   * on.
   */
  record Sent(String publisher, long number, long line, int count) {}

  /** How lasting it is, in one word: {@code memory}, {@code sqlite}, {@code kafka}. */
  String kind();

  /** Names its numbering: as long as numbers go on without a break, it stays the same. */
  String epoch();

  /** The last line that was kept before it was opened; 0 if there was none. */
  default long lastLine() {
    return 0;
  }

  /** What named publishers had sent before it was opened, each one's in its order. */
  default List<Sent> sent() {
    return List.of();
  }

  /** The lines that are kept. */
  default History history() {
    return History.NONE;
  }

  /** Whether lines are handed back later, on a thread of the journal's. */
  default boolean isDeferred() {
    return false;
  }

  /**
   * Whether other servers give the same numbers from the same lines: what they have handed back may
   * be ahead of this one.
   */
  default boolean isShared() {
    return false;
  }

  /** Begins to work. Called once, before the first batch. */
  void open(Kept kept);

  /**
   * Takes lines to keep, and returns at once: they are handed to {@link Kept} in the order in which
   * they were taken. Called by one thread at a time (the channel's append section); the batch's
   * bytes are valid only during the call.
   */
  void keep(Batch batch);

  /** Whether as much waits to be kept as may: senders are to wait. From any thread; at once. */
  default boolean isFull() {
    return false;
  }

  /** Whether it keeps what it is given, as far as it knows. From any thread; at once. */
  default boolean isWorking() {
    return true;
  }

  /** How it is. From any thread; at once. */
  default JournalState state() {
    return JournalState.WELL;
  }

  /** Ends its work; what has not been kept by then is not. */
  @Override
  default void close() {}
}
