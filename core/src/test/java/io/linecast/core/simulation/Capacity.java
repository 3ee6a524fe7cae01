package io.linecast.core.simulation;

/** How much the buffer of a socket holds. */
final class Capacity {

  private Capacity() {}

  /** Healthy, or small enough to be full often. */
  static int random(World world, SimulatedChannel channel) {
    var random = world.random();
    int healthyOfThree = world.settings().kind() == Settings.Kind.STORM ? 2 : 1;
    boolean healthy = random.nextInt(3) < healthyOfThree;
    int capacity =
        channel.measures().scale() * (1 + random.nextInt(random.nextBoolean() ? 200 : 8_000));
    return healthy ? Integer.MAX_VALUE : capacity;
  }
}
