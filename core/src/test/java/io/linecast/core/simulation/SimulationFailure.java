package io.linecast.core.simulation;

/** A promise of the engine was broken, or its environment was used as it must not be. */
final class SimulationFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  SimulationFailure(String message) {
    super(message);
  }

  /** Fails unless the promise was kept. The message is only made when it is needed. */
  @SuppressWarnings("AnnotateFormatMethod")
  static void unless(boolean kept, String message, Object... arguments) {
    if (!kept) {
      throw new SimulationFailure(message.formatted(arguments));
    }
  }
}
