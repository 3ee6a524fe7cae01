package io.linecast.load;

/** A load by name: what its options are if nothing else is said. */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers
enum Scenario {
  STEADY(new Preset(1_000, 1, 1_000, 20, 10, 2, 1, false)),
  SEED(new Preset(4_000, 4, 40, 20, 10, 2, 4, true)),
  CHATTER(new Preset(4_000, 4_000, 40_000, 20, 10, 5, 1, false)),
  FLOOD(new Preset(4_000, 1, 10_000, 20, 5, 2, 1, false)),
  IDLE(new Preset(19_000, 1, 1, 20, 1, 0, 1, false)),
  STUCK(new Preset(400, 1, 400, 3_000, 10, 2, 1, false)),
  STORM(new Preset(4_000, 1, 1, 20, 1, 0, 1, false)),
  PINGPONG(new Preset(2, 1, 1, 20, 10, 2, 1, false));

  private final Preset preset;

  Scenario(Preset preset) {
    this.preset = preset;
  }

  Preset preset() {
    return preset;
  }

  /** Options by default. */
  record Preset(
      int connections,
      int senders,
      int linesPerSecond,
      int lineBytes,
      int seconds,
      int warmupSeconds,
      int processes,
      boolean senderThread) {}
}
