package io.linecast.core.simulation;

import io.linecast.core.History;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A channel's lines as its journal keeps them: read a few at a time, sometimes not at all, and
 * sometimes the oldest are gone.
 */
final class SimulatedHistory implements History {

  private static final int FAILURE_IN_READS = 20;
  private static final int EXPIRY_IN_READS = 12;
  private static final int FEW_LINES = 40;

  private final World world;
  private final Transcript transcript;
  private int oldest;
  private long linesRead;

  SimulatedHistory(World world, Transcript transcript) {
    this.world = world;
    this.transcript = transcript;
  }

  /** How many lines are kept no more, of all that there were. */
  int expired() {
    return oldest;
  }

  /** How many lines have been read. */
  long linesRead() {
    return linesRead;
  }

  @Override
  public long oldest() {
    return oldest < transcript.lines() ? oldest + 1 : Long.MAX_VALUE;
  }

  @Override
  public Stretch read(long first, long last, ByteBuffer into) throws IOException {
    world.maybePreempt();
    if (!world.isSettling() && world.random().nextInt(FAILURE_IN_READS) == 0) {
      throw new IOException("the simulated disk fails");
    }
    if (world.random().nextInt(EXPIRY_IN_READS) == 0) {
      oldest += world.random().nextInt(1 + (transcript.lines() - oldest) / 2);
      world.log("lines up to %d expire", oldest);
    }
    int from = Math.max((int) first - 1, oldest);
    int to = (int) Math.min(last, transcript.lines());
    if (world.random().nextBoolean()) {
      to = Math.min(to, from + 1 + world.random().nextInt(FEW_LINES));
    }
    while (from < to && transcript.isVoid(from)) {
      from++; // whoever reads them finds nothing there
    }
    return readLines(from, to, into);
  }

  private Stretch readLines(int from, int to, ByteBuffer into) {
    List<Hole> holes = new ArrayList<>();
    int lines = 0;
    for (int line = from; line < to && transcript.length(line) <= into.remaining(); ) {
      int hole = line;
      while (hole < to && transcript.isVoid(hole)) {
        hole++;
      }
      if (hole > line) {
        holes.add(new Hole(lines, hole - line));
        line = hole;
      } else {
        transcript.copy(line++, into);
        lines++;
      }
    }
    linesRead += lines;
    return new Stretch(from + 1L, lines, holes);
  }

  @Override
  public long lineAt(Instant time) {
    return Long.MAX_VALUE;
  }
}
