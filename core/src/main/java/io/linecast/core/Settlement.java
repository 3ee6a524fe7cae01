package io.linecast.core;

/**
 * Whoever wants to know what became of lines that were given to a journal which hands them back
 * later.
 */
@FunctionalInterface
public interface Settlement {

  /** Nobody wants to know: the lines are kept sooner or later, as long as the server lives. */
  Settlement NONE =
      new Settlement() {
        @Override
        public void onSettled(int lines, Receipt receipt) {}

        @Override
        public boolean isAwaited() {
          return false;
        }
      };

  /**
   * The next lines of those published have their numbers, or will never have any: then the receipt
   * is {@link Receipt#FAILED}. In the order of the lines. On any thread; returns at once.
   */
  void onSettled(int lines, Receipt receipt);

  /** Whether a sender is told in either case; else the lines are to be kept whatever happens. */
  default boolean isAwaited() {
    return true;
  }
}
