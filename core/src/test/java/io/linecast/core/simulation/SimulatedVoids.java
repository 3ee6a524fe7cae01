package io.linecast.core.simulation;

import java.util.SplittableRandom;

/** How many numbers a channel's journal gives to no line, and how often. */
final class SimulatedVoids {

  private static final int[] ONE_IN = {Integer.MAX_VALUE, Integer.MAX_VALUE, 300, 30, 3};
  private static final int FEW = 4;
  private static final int MANY_IN_VOIDS = 200;

  /** More than a chunk has. */
  private static final int MANY = 6_000;

  private final SplittableRandom random;
  private final int oneIn;

  SimulatedVoids(SplittableRandom random) {
    this.random = random;
    this.oneIn = ONE_IN[random.nextInt(ONE_IN.length)];
  }

  /** How many come now; mostly none. */
  int next() {
    return oneIn == Integer.MAX_VALUE || random.nextInt(oneIn) > 0 ? 0 : some();
  }

  private int some() {
    return 1 + random.nextInt(random.nextInt(MANY_IN_VOIDS) == 0 ? MANY : FEW);
  }

  @Override
  public String toString() {
    return oneIn == Integer.MAX_VALUE ? "no voids" : "voids 1 in " + oneIn;
  }
}
