package io.linecast.server.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Stand-ins for a token where only an address can be given, as by a browser's WebSocket: each is
 * good for one use, soon. What is written to a log somewhere on the way is worthless by then. Safe
 * from any thread.
 */
public final class Tickets {

  /** How long one is good. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  private static final int MAX = 10_000;
  private static final int MAX_EACH = 1_000;

  private record Ticket(Identity identity, long endNanos) {}

  private final LongSupplier nanoClock;

  /** The oldest first; as all live equally long, those that end first. Kept like tokens: hashed. */
  private final Map<SecretHash, Ticket> tickets = new LinkedHashMap<>();

  private final Map<Identity, Integer> counts = new HashMap<>();

  /** None have been given out. */
  public Tickets() {
    this(System::nanoTime);
  }

  Tickets(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A new one; empty if its identity, or all of them together, have too many unused ones. */
  public synchronized Optional<String> issue(Identity identity) {
    long now = nanoClock.getAsLong();
    dropEnded(now);
    int has = counts.getOrDefault(identity, 0);
    if (tickets.size() >= MAX || has >= MAX_EACH) {
      return Optional.empty();
    }
    String ticket = Secret.random("");
    tickets.put(SecretHash.of(ticket), new Ticket(identity, now + LIFE.toNanos()));
    counts.put(identity, has + 1);
    return Optional.of(ticket);
  }

  /** Whose it is; nobody's from then on. Empty if it was used, is too old, or there was none. */
  public synchronized Optional<Identity> redeem(String ticket) {
    dropEnded(nanoClock.getAsLong());
    Ticket found = tickets.remove(SecretHash.of(ticket));
    if (found == null) {
      return Optional.empty();
    }
    uncount(found.identity);
    return found.identity.isRevoked() ? Optional.empty() : Optional.of(found.identity);
  }

  private void dropEnded(long now) {
    Iterator<Ticket> oldest = tickets.values().iterator();
    while (oldest.hasNext()) {
      Ticket ticket = oldest.next();
      if (ticket.endNanos - now > 0) {
        return;
      }
      oldest.remove();
      uncount(ticket.identity);
    }
  }

  private void uncount(Identity identity) {
    counts.computeIfPresent(identity, (same, count) -> count > 1 ? count - 1 : null);
  }
}
