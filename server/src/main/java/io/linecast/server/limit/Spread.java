package io.linecast.server.limit;

import java.util.concurrent.ThreadLocalRandom;

/** Spreads blocks of addresses over places, so that nobody outside knows which share one. */
final class Spread {

  private static final long SEED = ThreadLocalRandom.current().nextLong();

  private Spread() {}

  /** 32 bits that look like chance (the finalizer of SplitMix64). */
  static int of(long block) {
    long mixed = block ^ SEED;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) (mixed ^ (mixed >>> 31));
  }
}
