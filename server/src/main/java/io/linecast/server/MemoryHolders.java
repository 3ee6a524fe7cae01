package io.linecast.server;

import io.linecast.core.CloseReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What is held for clients, and who of them holds the most. One thread's at a time. */
final class MemoryHolders {

  /** How many are remembered of a loop: as many as may be closed before it is looked at again. */
  private static final int MOST = 64;

  /**
   * One of them.
   *
   * @param closing closes it; on its loop
   */
  record Holder(long bytes, Object client, ServerLoop loop, Consumer<CloseReason> closing) {}

  private final PriorityQueue<Holder> largest =
      new PriorityQueue<>(Comparator.comparingLong(Holder::bytes));

  private long bytes;

  /** Looks at one more. */
  void add(long held, Object client, ServerLoop loop, Consumer<CloseReason> closing) {
    bytes += held;
    if (held == 0 || (largest.size() == MOST && held <= largest.element().bytes())) {
      return;
    }
    if (largest.size() == MOST) {
      largest.remove();
    }
    largest.add(new Holder(held, client, loop, closing));
  }

  /** Adds what another has found. */
  void addAll(MemoryHolders other) {
    bytes += other.bytes;
    largest.addAll(other.largest);
  }

  /** What is held for all. */
  long bytes() {
    return bytes;
  }

  /** Those without whom no more than so much is held, or all that are known, the largest first. */
  List<Holder> over(long mostBytes) {
    List<Holder> chosen = new ArrayList<>();
    long left = bytes;
    for (Holder holder :
        largest.stream().sorted(Comparator.comparingLong(Holder::bytes).reversed()).toList()) {
      if (left <= mostBytes) {
        break;
      }
      chosen.add(holder);
      left -= holder.bytes();
    }
    return chosen;
  }
}
