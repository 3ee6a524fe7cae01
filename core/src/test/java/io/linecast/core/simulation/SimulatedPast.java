package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Archive;
import io.linecast.protocol.GapReason;
import org.jspecify.annotations.Nullable;

/** What a channel's journal keeps, if it keeps more than numbers, and who reads that. */
final class SimulatedPast {

  private static final int[] ARCHIVE_BYTES = {1, 40 * 1024, 1 << 20};

  private final SimulatedReaders readers;
  private final Archive archive;

  /** Null if only numbers are kept. */
  private final @Nullable SimulatedHistory history;

  SimulatedPast(World world, Transcript transcript, boolean keeps) {
    var random = world.random();
    int most = ARCHIVE_BYTES[random.nextInt(ARCHIVE_BYTES.length)];
    this.readers = new SimulatedReaders(world);
    this.archive = new Archive(readers, 1 + random.nextInt(3), most);
    this.history = keeps ? new SimulatedHistory(world, transcript) : null;
    if (history != null) {
      transcript.keepIn(history);
    }
  }

  Archive archive() {
    return archive;
  }

  SimulatedReaders readers() {
    return readers;
  }

  boolean keepsLines() {
    return history != null;
  }

  /** Whether lines are kept, but the first so many no more. */
  boolean hasExpired(long lines) {
    return history != null && lines <= history.expired();
  }

  /** Whether lines have been read. */
  boolean isUsed() {
    return history != null && history.linesRead() > 0;
  }

  /** A client is told for this reason of a gap up to a line. */
  void checkReason(GapReason reason, SimulatedMember client, long last) {
    boolean listener = client instanceof AckClient;
    boolean expired = keepsLines() ? hasExpired(last) : last <= client.linesBefore();
    boolean late = keepsLines() || !expired || !listener;
    boolean mayBe = reason == GapReason.SLOW ? late : listener && expired;
    unless(mayBe, "%s: a gap that is %s", client, reason);
  }

  /**
   * Whether lines that a client misses are kept no more; those that are it must hear. Who is late
   * in what the window has may miss them whether they are kept or not.
   */
  boolean hasLost(GapReason reason, SimulatedMember client, long last) {
    if (!(client instanceof AckClient listener) || !keepsLines()) {
      return false;
    }
    if (reason == GapReason.EXPIRED && hasExpired(last)) {
      listener.note(Occasion.RECALL_EXPIRED);
      return true;
    }
    boolean mayMiss = listener.expectation().line() >= listener.linesBefore();
    unless(mayMiss, "%s: lines up to %d are kept, but not for it", listener, last);
    return false;
  }
}
