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

  /** Whether the lines have their numbers. */
  public boolean isAccepted() {
    return firstLine > 0;
  }
}
