package io.linecast.acceptance.ack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * What happens to a connection, and when.
 *
 * @param kind what happens
 * @param towardsServer which direction's bytes are counted
 * @param atByte how many of them are still forwarded
 */
record Fault(Kind kind, boolean towardsServer, int atByte) {

  /** Ways for a connection to end. */
  enum Kind {
    /** Both sides get a reset. */
    RESET,
    /** Both sides get an orderly end, most often in mid-line. */
    CUT,
    /** Nothing is forwarded any more, and nobody is told. */
    FREEZE,
    /** The same, but what was held reaches the server once a newer connection has been answered. */
    LATE,
    /** Nothing happens. */
    NONE
  }

  /** How far into a connection it dies: in hello and answer, in what is resent, in the midst. */
  private static final int[] REACHES = {250, 250, 1_500, 6_000};

  private static final Kind[] KINDS = {
    Kind.RESET,
    Kind.RESET,
    Kind.RESET,
    Kind.RESET,
    Kind.CUT,
    Kind.CUT,
    Kind.CUT,
    Kind.CUT,
    Kind.FREEZE,
    Kind.LATE,
    Kind.LATE
  };

  static Fault none() {
    return new Fault(Kind.NONE, true, Integer.MAX_VALUE);
  }

  /**
   * So many faults; the same seed gives the same. Even a hello may come late, behind the one of a
   * newer connection, and put this out: for the server the name is then with the older one.
   */
  static Deque<Fault> plan(long seed, int count) {
    Random random = new Random(seed);
    Deque<Fault> faults = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      int reach = REACHES[random.nextInt(REACHES.length)];
      Kind kind = KINDS[random.nextInt(KINDS.length)];
      faults.add(new Fault(kind, random.nextBoolean(), random.nextInt(reach)));
    }
    return faults;
  }
}
