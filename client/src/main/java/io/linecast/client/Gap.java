package io.linecast.client;

import io.linecast.protocol.GapReason;

/**
 * Lines that will never come to this client. Some of the numbers may have been its own lines'.
 *
 * <p>With the reason {@link GapReason#VOID} nothing is missed: no line has ever had these numbers.
 *
 * <p>With the reason {@link GapReason#EPOCH} a numbering has ended, most often because a server
 * without a lasting journal was started anew: {@code last} is {@link Long#MAX_VALUE}, how many
 * lines were missed cannot be known, and the numbers after this begin again in another {@link
 * #epoch}.
 *
 * @param first the first number
 * @param last the last number
 * @param reason why
 * @param epoch the numbering that {@code first} and {@code last} belong to
 * @param after where hearing goes on
 */
public record Gap(long first, long last, GapReason reason, String epoch, Position after)
    implements Event {

  @Override
  public String toString() {
    return reason == GapReason.EPOCH
        ? "gap: lines from " + first + " on: numbering " + epoch + " has ended"
        : "gap: lines " + first + " to " + last + ": " + reason.word();
  }
}
