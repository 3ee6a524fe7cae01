package io.linecast.core;

import io.linecast.protocol.Code;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A channel's publishers, each held by one connection at a time. A bounded number of those with a
 * name is remembered; the one without a connection for longest is forgotten first. What all of them
 * have sent is remembered within one budget. Safe from any thread: guarded by its channel's append
 * section.
 */
public final class Publishers {

  private final int most;
  private final ReentrantLock appendSection;
  private final RunBudget budget = new RunBudget();
  private final Map<String, Publisher> held = new LinkedHashMap<>();

  /** Those without a connection, the longest first. */
  private final Map<String, Publisher> resting = new LinkedHashMap<>();

  Publishers(int most, ReentrantLock appendSection) {
    this.most = most;
    this.appendSection = appendSection;
  }

  /**
   * Takes a publisher over from whichever connection holds it, or makes it.
   *
   * @param holder the connection that has it from now on, until {@link #letGo}
   * @throws RefusedException if there are as many as are remembered, and all are held
   */
  public Publisher take(String name, Publisher.Holder holder) {
    return locked(
        () -> {
          Publisher publisher = held.computeIfAbsent(name, this::rested);
          publisher.hold(holder);
          forgetSurplus();
          return publisher;
        });
  }

  /** A sender without a name, which ends when its connection lets go of it. */
  Publisher unnamed(Publisher.Holder connection) {
    Publisher publisher = new Publisher("", budget);
    publisher.hold(connection);
    return publisher;
  }

  /** Knows what was sent before the journal was opened. Before anybody comes. */
  void restore(List<Journal.Sent> sent) {
    locked(
        () -> {
          sent.forEach(run -> publishedElsewhere(run.publisher()).restore(run));
          return sent;
        });
  }

  /** Whoever publishes under a name at another server of the same channel. Append section only. */
  Publisher publishedElsewhere(String name) {
    Publisher publisher = held.get(name);
    if (publisher == null) {
      publisher = resting.remove(name);
      publisher = publisher == null ? new Publisher(name, budget) : publisher;
      resting.put(name, publisher); // the last to be forgotten
      forgetSurplus();
    }
    return publisher;
  }

  private Publisher rested(String name) {
    if (held.size() >= most) {
      throw new RefusedException(
          Code.OVERLOAD, most + " publishers are connected, which is the most there may be");
    }
    Publisher publisher = resting.remove(name);
    return publisher == null ? new Publisher(name, budget) : publisher;
  }

  /** Its connection has ended; nothing happens if another has taken it over. */
  public void letGo(Publisher publisher, Publisher.Holder holder) {
    locked(
        () -> {
          if (publisher.isHeldBy(holder)) {
            publisher.hold(null);
            rest(publisher);
          }
          return publisher;
        });
  }

  private void rest(Publisher publisher) {
    if (publisher.name().isEmpty()) {
      forget(publisher);
    } else {
      held.remove(publisher.name());
      resting.put(publisher.name(), publisher);
    }
  }

  /** Asks a publisher something, so that nothing changes meanwhile. */
  public <T> T ask(Publisher publisher, Function<Publisher, T> question) {
    return locked(() -> question.apply(publisher));
  }

  RunBudget budget() {
    return budget;
  }

  private <T> T locked(Supplier<T> action) {
    appendSection.lock();
    try {
      return action.get();
    } finally {
      appendSection.unlock();
    }
  }

  private void forgetSurplus() {
    Iterator<Publisher> longest = resting.values().iterator();
    while (held.size() + resting.size() > most && longest.hasNext()) {
      Publisher next = longest.next();
      if (!next.isAwaiting()) { // or a number might become a second line
        next.forget();
        longest.remove();
      }
    }
  }

  /** Its connection has ended; what it has sent may not have been kept yet. */
  private static void forget(Publisher unnamed) {
    if (unnamed.isAwaiting()) {
      unnamed.whenSettled(unnamed::forget);
    } else {
      unnamed.forget();
    }
  }
}
