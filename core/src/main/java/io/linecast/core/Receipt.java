package io.linecast.core;

/**
 * What became of lines that were published.
 *
 * @param firstLine the number of the first; the others follow without a gap
 * @param others to how many clients beside the sender each of them goes
 */
public record Receipt(long firstLine, int others) {

  /** Nothing was accepted: the channel, or the sender's part in it, has ended. */
  public static final Receipt REFUSED = new Receipt(0, 0);

  /** The journal has them; their {@link Settlement} will be told. */
  public static final Receipt PENDING = new Receipt(-1, 0);

  /** The journal cannot keep them. */
  public static final Receipt FAILED = new Receipt(-2, 0);

  /** No lines came of them, because of earlier ones; what became of these is not known any more. */
  public static final Receipt REPEATED = new Receipt(-3, 0);

  /** Whether the lines have their numbers. */
  public boolean isAccepted() {
    return firstLine > 0;
  }

  /** Whether it is not known yet whether they will have numbers. */
  public boolean isPending() {
    return firstLine == PENDING.firstLine;
  }

  /** Whether they repeat what is not known any more. */
  public boolean isRepeated() {
    return firstLine == REPEATED.firstLine;
  }

  /** Whether the journal cannot keep them. */
  public boolean isFailed() {
    return firstLine == FAILED.firstLine;
  }
}
