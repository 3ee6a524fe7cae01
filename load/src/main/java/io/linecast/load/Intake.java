package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/**
 * Takes in what the connections receive: a sample of them is read and verified, the others are only
 * counted, which costs next to nothing.
 */
final class Intake implements AutoCloseable {
  private static final int READ_MAX_BYTES = 64 << 10;
  private static final int ONLY_COUNTED = -1;

  private final Fleet fleet;
  private final RunClock clock;
  private final Verifier[] verifiers;
  private final int[] verifierOf; // by connection
  private final byte[] bytes = new byte[READ_MAX_BYTES];
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory = arena.allocate(READ_MAX_BYTES);

  /**
   * @param sample the connections to verify
   * @param verifiers one for each of them
   */
  Intake(Fleet fleet, RunClock clock, int[] sample, Verifier[] verifiers) {
    this.fleet = fleet;
    this.clock = clock;
    this.verifiers = verifiers;
    this.verifierOf = new int[fleet.size()];
    Arrays.fill(verifierOf, ONLY_COUNTED);
    for (int i = 0; i < sample.length; i++) {
      verifierOf[sample[i]] = i;
    }
  }

  /**
   * Draws connections that listen. The first one is always among them: where senders listen, it is
   * one, and shows whether lines come back to where they were sent from. So is the last one: where
   * it can be, it is none, and hears everything.
   */
  static int[] sample(Share share) {
    int first = share.firstListener();
    int last = share.fleetSize() - 1;
    int[] others =
        new Random(share.seed())
            .ints(first, last + 1)
            .filter(connection -> connection != first && connection != last)
            .distinct()
            .limit(Math.max(0, share.sample() - 2))
            .toArray();
    int[] sample = new int[share.sample()];
    System.arraycopy(others, 0, sample, 0, others.length);
    if (sample.length > 1) {
      sample[sample.length - 2] = first;
    }
    sample[sample.length - 1] = last;
    return sample;
  }

  /** Takes in what a connection has; {@code ended} if its other side has said it sends no more. */
  void onReadable(int connection, boolean ended) {
    boolean more = true;
    while (more && fleet.isOpen(connection)) {
      more = take(connection) && ended;
    }
  }

  @Override
  public void close() {
    arena.close();
  }

  private boolean take(int connection) {
    int verifier = verifierOf[connection];
    if (verifier == ONLY_COUNTED) {
      return fleet.discard(connection);
    }
    int count = fleet.read(connection, memory.address(), READ_MAX_BYTES);
    long nowNanos = clock.nanos();
    MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, count);
    verifiers[verifier].accept(bytes, count, nowNanos);
    return count > 0;
  }
}
