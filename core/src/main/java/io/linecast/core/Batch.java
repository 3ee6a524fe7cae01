package io.linecast.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whole lines on their way into a channel.
 *
 * @param origin the subscriber whose lines these are and who will not hear them; null if nobody
 *     listening sent them
 * @param run the lines, each with its line feed, from position to limit
 * @param lineCount how many lines these are, at least 1
 * @param numbering whose numbers they have; null if they have none
 * @param source where they came from, in words for people
 * @param settlement who is told what became of them, if that is not known at once; null if they
 *     were published elsewhere
 */
public record Batch(
    @Nullable Subscriber origin,
    ByteBuffer run,
    int lineCount,
    @Nullable Numbering numbering,
    String source,
    @Nullable Settlement settlement) {

  /** Lines without numbers, of which nobody wants to know more. */
  public Batch(@Nullable Subscriber origin, ByteBuffer run, int lineCount) {
    this(origin, run, lineCount, null, "", Settlement.NONE);
  }

  /** Lines that were published at another server of the same channel. */
  public static Batch ofElsewhere(
      ByteBuffer run, int lineCount, @Nullable Numbering numbering, String source) {
    return new Batch(null, run, lineCount, numbering, source, null);
  }

  /** Whether it was published at this server. */
  public boolean isOurs() {
    return settlement != null;
  }

  /** Tells its sender, if it is ours. */
  void settle(Receipt receipt) {
    if (settlement != null) {
      settlement.onSettled(lineCount, receipt);
    }
  }

  /** Whether its sender is told what becomes of it; else it is to be kept, whatever happens. */
  public boolean isAnswered() {
    return settlement != null && settlement.isAwaited();
  }

  /** Whether it has no numbers, or those of a publisher that this connection holds. */
  boolean mayBePublishedBy(Publisher.@Nullable Holder holder) {
    if (numbering == null) {
      return true;
    }
    Publisher publisher = numbering.publisher();
    return holder != null && publisher != null && publisher.isHeldBy(holder);
  }

  Batch with(Numbering its) {
    return new Batch(origin, run, lineCount, its, source, settlement);
  }

  /** The same lines, that somebody else must not hear. */
  Batch from(@Nullable Subscriber other) {
    return new Batch(other, run, lineCount, numbering, source, settlement);
  }

  /**
   * Some of its lines.
   *
   * @param from how many of its lines come before them
   * @param bytes theirs
   */
  public Batch part(int from, int count, ByteBuffer bytes) {
    Numbering its = numbering == null ? null : numbering.from(from);
    return new Batch(origin, bytes, count, its, source, settlement);
  }
}
