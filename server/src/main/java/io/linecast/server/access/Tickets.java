package io.linecast.server.access;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Stand-ins for a token where only an address can be given, as by a browser's WebSocket: each is
 * good for one use, soon. What is written to a log somewhere on the way is worthless by then. Where
 * there are too many in all, whoever has most of them loses its oldest: a few cannot keep the
 * others from getting one. Safe from any thread.
 */
public final class Tickets {

  /** How long one is good. */
  public static final Duration LIFE = Duration.ofSeconds(30);

  private static final int MAX = 10_000;
  private static final int MAX_EACH = 50;

  private record Ticket(Identity identity, long endNanos) {}

  private final LongSupplier nanoClock;

  /** The oldest first; as all live equally long, those that end first. Kept like tokens: hashed. */
  private final Map<SecretHash, Ticket> tickets = new LinkedHashMap<>();

  /** The tickets of each that has any, the oldest first. */
  private final Map<Identity, LinkedHashSet<SecretHash>> each = new HashMap<>();

  /** None have been given out. */
  public Tickets() {
    this(System::nanoTime);
  }

  Tickets(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A new one; empty if its identity has too many unused ones. */
  public synchronized Optional<String> issue(Identity identity) {
    long now = nanoClock.getAsLong();
    dropEnded(now);
    LinkedHashSet<SecretHash> before = each.get(identity);
    if (before != null && before.size() >= MAX_EACH) {
      return Optional.empty();
    }
    if (tickets.size() >= MAX) {
      dropOneOfTheMost();
    }
    String ticket = Secret.random("");
    SecretHash hash = SecretHash.of(ticket);
    tickets.put(hash, new Ticket(identity, now + LIFE.toNanos()));
    each.computeIfAbsent(identity, _ -> new LinkedHashSet<>()).add(hash);
    return Optional.of(ticket);
  }

  /** The oldest of whoever has most; as many as there are identities are looked at. */
  private void dropOneOfTheMost() {
    LinkedHashSet<SecretHash> most =
        Collections.max(each.values(), Comparator.comparingInt(Set::size));
    SecretHash oldest = most.getFirst();
    forget(oldest, Objects.requireNonNull(tickets.remove(oldest)));
  }

  /** Whose it is; nobody's from then on. Empty if it was used, is too old, or there was none. */
  public synchronized Optional<Identity> redeem(String ticket) {
    dropEnded(nanoClock.getAsLong());
    SecretHash hash = SecretHash.of(ticket);
    Ticket found = tickets.remove(hash);
    if (found == null) {
      return Optional.empty();
    }
    forget(hash, found);
    return found.identity.isRevoked() ? Optional.empty() : Optional.of(found.identity);
  }

  private void dropEnded(long now) {
    Iterator<Map.Entry<SecretHash, Ticket>> oldest = tickets.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<SecretHash, Ticket> entry = oldest.next();
      if (entry.getValue().endNanos - now > 0) {
        return;
      }
      oldest.remove();
      forget(entry.getKey(), entry.getValue());
    }
  }

  private void forget(SecretHash hash, Ticket ticket) {
    each.computeIfPresent(
        ticket.identity,
        (same, all) -> {
          all.remove(hash);
          return all.isEmpty() ? null : all;
        });
  }
}
