package io.linecast.core;

/**
 * The balance of deliveries, of one connection or of all: {@code eligible = delivered + skipped +
 * pending}.
 *
 * @param eligible lines that were for the client: accepted while it was here, and not its own
 * @param delivered lines whose last byte was handed to its socket
 * @param skipped lines it was made to skip because it was slow
 * @param pending lines it has still to get; once it has left, those it never got
 */
public record Account(long eligible, long delivered, long skipped, long pending) {

  /** No deliveries at all. */
  public static final Account NONE = new Account(0, 0, 0, 0);

  /** Whether every eligible line is accounted for, once. */
  public boolean balances() {
    return eligible == delivered + skipped + pending;
  }

  @Override
  public String toString() {
    return "eligible %d = delivered %d + skipped %d + pending %d%s"
        .formatted(eligible, delivered, skipped, pending, balances() ? "" : " (DOES NOT BALANCE)");
  }
}
