package io.linecast.core.simulation;

import java.util.SplittableRandom;

/**
 * What a seed's world is like.
 *
 * @param kind what it is out for
 * @param loops how many loops serve connections
 * @param channels how many channels share them
 * @param clients how many clients with a life of their own come and go
 * @param crowd further listeners who read everything at once, more than a sweep serves in one step
 * @param people how many there are who send and listen with acknowledgements
 * @param steps how long the world is busy before it is left to come to rest
 * @param sluggishLoop a loop that gets a turn far less often than the others; -1 for none
 * @param sluggishness how much less often
 * @param preemption the chance, in 1/1000, that other loops run in the middle of a loop's task
 * @param longPreemption the longest that such an interruption lasts, in steps
 * @param stopping whether a channel is stopped while it is busy
 */
record Settings(
    Kind kind,
    int loops,
    int channels,
    int clients,
    int crowd,
    int people,
    int steps,
    int sluggishLoop,
    int sluggishness,
    int preemption,
    int longPreemption,
    boolean stopping) {

  enum Kind {
    /** A bit of everything. */
    ORDINARY,
    /** Many listeners on one loop, who come and go in the middle of its sweeps. */
    CROWD,
    /** Senders who say a lot while a loop is held up for long. */
    STORM
  }

  private static final int CROWD_IN_SEEDS = 48;
  private static final int STORM_IN_SEEDS = 12;
  private static final int[] STEPS = {400, 1_500, 4_000, 9_000};
  private static final int[] SLUGGISHNESSES = {20, 300, 2_000};
  private static final int[] PREEMPTIONS = {0, 3, 30, 200};
  private static final int[] PREEMPTION_STEPS = {1, 20, 200, 2_000};

  static Settings random(SplittableRandom random) {
    if (random.nextInt(CROWD_IN_SEEDS) == 0) {
      return crowd(random);
    }
    return random.nextInt(STORM_IN_SEEDS) == 0 ? storm(random) : ordinary(random);
  }

  private static Settings ordinary(SplittableRandom random) {
    int loops = 1 + random.nextInt(3);
    return new Settings(
        Kind.ORDINARY,
        loops,
        1 + random.nextInt(8) / 6,
        2 + random.nextInt(14),
        0,
        Math.max(0, random.nextInt(6) - 1),
        STEPS[random.nextInt(STEPS.length)],
        random.nextInt(3) == 0 ? random.nextInt(loops) : -1,
        SLUGGISHNESSES[random.nextInt(SLUGGISHNESSES.length)],
        PREEMPTIONS[random.nextInt(PREEMPTIONS.length)],
        PREEMPTION_STEPS[random.nextInt(PREEMPTION_STEPS.length)],
        random.nextInt(4) == 0);
  }

  private static Settings crowd(SplittableRandom random) {
    int crowd = 340 + random.nextInt(100);
    return new Settings(
        Kind.CROWD, 1 + random.nextInt(2), 1, 4, crowd, 1, STEPS[1], -1, 1, 3, 20, false);
  }

  private static Settings storm(SplittableRandom random) {
    int sluggishness = 20 + random.nextInt(200);
    int clients = 4 + random.nextInt(6);
    return new Settings(
        Kind.STORM,
        2,
        1,
        clients,
        0,
        2,
        12_000,
        1,
        sluggishness,
        200,
        3_000,
        random.nextInt(4) == 0);
  }
}
