package io.linecast.fuzz;

import java.util.function.Supplier;

/**
 * What holds whatever the input is. It has no state that one input leaves to the next: what was
 * found once is found again.
 */
@FunctionalInterface
public interface Property {

  /**
   * Tries an input.
   *
   * @throws Exception if the property does not hold; an {@link AssertionError} says what was seen
   */
  void check(byte[] input) throws Exception;

  /** Fails unless a condition holds. */
  static void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }
}
