package io.linecast.core;

/**
 * Gives a channel's lines their numbers (1, 2, 3 …) and keeps them.
 *
 * <p>A line enters the feeds only when its journal hands it back: nothing is heard that can be
 * forgotten.
 */
public interface Journal {

  /** What happens to lines once they are kept. */
  @FunctionalInterface
  interface Kept {

    /**
     * Called once for each batch, in the order of the numbers.
     *
     * @param firstLine the number of the batch's first line; the others follow without a gap
     */
    void onKept(Batch batch, long firstLine);
  }

  /** How lasting it is, in one word: {@code memory}. */
  String kind();

  /** Names its numbering: as long as numbers go on without a break, it stays the same. */
  String epoch();

  /**
   * Keeps a batch and then hands it to {@code kept}. Called by one thread at a time (the channel's
   * append section); the batch's bytes are valid only during the call.
   */
  void keep(Batch batch, Kept kept);
}
