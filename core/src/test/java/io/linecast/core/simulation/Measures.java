package io.linecast.core.simulation;

import io.linecast.core.LineEncoding;
import java.util.SplittableRandom;

/**
 * How large things are in a channel. Its window is large beside what can be under way at once, as
 * most real ones' are, or it is the smallest that there may be: the engine's promises rest on that,
 * even where lines are so short that their numbers are most of what is heard.
 *
 * @param windowBytes its window
 * @param segmentBytes the least that a segment has
 * @param largestRunBytes the most that one read brings, or one line
 * @param maxLineBytes its longest line
 * @param tight whether the window is the smallest there may be
 */
record Measures(
    int windowBytes, int segmentBytes, int largestRunBytes, int maxLineBytes, boolean tight) {

  private static final int[] LARGEST_RUNS = {256, 288, 320, 400};

  /** So large that a whole window is more than one visit may write. */
  private static final int DEEP_RUN_BYTES = 8 * 1024;

  private static final int DEEP_IN_CHANNELS = 16;
  private static final int TIGHT_IN_CHANNELS = 4;

  /** The smallest window that a server allows, in largest runs: in all, and for each loop. */
  private static final int LEAST_RUNS = 16;

  private static final int LEAST_RUNS_PER_LOOP = 8;
  private static final int SHORT_LINE_BYTES = 4;

  /**
   * Some of them.
   *
   * @param journal whether lines that leave the window are kept in a journal: then they often do
   */
  static Measures random(SplittableRandom random, int loops, boolean journal) {
    int run =
        random.nextInt(DEEP_IN_CHANNELS) == 0
            ? DEEP_RUN_BYTES
            : LARGEST_RUNS[random.nextInt(LARGEST_RUNS.length)];
    int line = 1 + random.nextInt(run);
    if (journal || random.nextInt(TIGHT_IN_CHANNELS) == 0) {
      int longest = random.nextBoolean() ? 1 + random.nextInt(SHORT_LINE_BYTES) : line;
      int window = run * Math.max(LEAST_RUNS, LEAST_RUNS_PER_LOOP * loops);
      return new Measures(window, run, run, longest, true);
    }
    int window = run * (128 + random.nextInt(64));
    return new Measures(window, random.nextInt(3) == 0 ? window / 4 : run, run, line, false);
  }

  /** How much larger than in most channels everything is. */
  int scale() {
    return Math.max(1, largestRunBytes / LARGEST_RUNS[0]);
  }

  /**
   * How many bytes of lines so many bytes of the window have at least: where it has few segments,
   * their unused ends are a large part of it.
   */
  int linesIn(int bytes) {
    return tight ? bytes / 2 : bytes;
  }

  /**
   * The most that an edition keeps whose lines grow: its window, which is larger than the channel's
   * where a batch for each loop and a segment's end are more than a quarter of that, and three
   * segments.
   */
  long keptMost(LineEncoding encoding, int loops) {
    long line = encoding.encodedBytes(segmentBytes, 1, Long.MAX_VALUE);
    long batch = 2 * Long.highestOneBit(line + segmentBytes / 2 - 1);
    long window = Math.max(windowBytes, 4L * (loops + 1) * batch);
    long segment = Math.max(batch, 2 * Long.highestOneBit(window / 16 - 1));
    return window + 3 * segment;
  }
}
