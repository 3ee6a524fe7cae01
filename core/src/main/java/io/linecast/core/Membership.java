package io.linecast.core;

import io.linecast.protocol.Code;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a channel: who comes, where each begins to hear and ends, and for how many clients a
 * line is. Its methods are {@link LineChannel}'s, and described there; each is called on the loop
 * of the client in question, but for what is said.
 */
final class Membership {

  private final LineChannel channel;
  private final Editions editions;
  private final ReentrantLock appendSection;

  /** Clients for whom a new line would be. Under the append section. */
  private int audience;

  /** No line is accepted any more. Under the append section; volatile for those who only ask. */
  private volatile boolean closing;

  Membership(LineChannel channel, Editions editions, ReentrantLock appendSection) {
    this.channel = channel;
    this.editions = editions;
    this.appendSection = appendSection;
  }

  Subscriber join(Sweep sweep, Sink sink, long history) {
    Subscriber subscriber;
    appendSection.lock();
    try {
      Feed feed = editions.plain().feed();
      Head start = feed.placeBeforeLast(history);
      Head earliest =
          feed.lineStartNear(feed.written().position() - sweep.pace().historyLagBytes());
      if (start.line() < earliest.line()) {
        start = earliest;
      }
      subscriber = new Subscriber(sweep, sink, start, feed.written().line());
      enter(subscriber, feed.written().lines() - start.lines());
    } finally {
      appendSection.unlock();
    }
    sweep.add(subscriber);
    return subscriber;
  }

  /** Its part has ended where it came, and nothing is written to it; it stays a member. */
  Subscriber joinDeaf(Sweep sweep, Sink sink) {
    Subscriber subscriber;
    appendSection.lock();
    try {
      Head here = editions.plain().feed().written();
      subscriber = new Subscriber(sweep, sink, here);
      subscriber.finishAt(here, CloseReason.FINISHED);
    } finally {
      appendSection.unlock();
    }
    subscriber.retire();
    sweep.add(subscriber);
    if (closing) { // it may not have been among those who were told
      sweep.loop().execute(() -> sink.finish(CloseReason.SHUTTING_DOWN));
    }
    return subscriber;
  }

  private static boolean isDeaf(Subscriber subscriber) {
    return !subscriber.isInAudience() && subscriber.isRetired() && subscriber.isFinishing();
  }

  Arrival arrive(Arrival.Wish wish, int loop, Optional<Sink> sink, Publisher.Holder holder) {
    Arrival arrival;
    appendSection.lock();
    try {
      if (closing) {
        throw new RefusedException(Code.SHUTTING_DOWN, "the server is stopping");
      }
      Feed plain = editions.plain().feed();
      long last = plain.written().line();
      long reach = channel.pace().arrearsLagBytes(wish.encoding().tellsGaps());
      long inFeed = plain.lineStartNear(plain.written().position() - reach).line() + 1;
      long oldest = channel.past().oldest(inFeed);
      StartPlace start =
          StartPlace.of(wish.from(), wish.epoch(), channel.journal().epoch(), last, oldest);
      // It may have no memory.
      Optional<Sweep> sweep = sink.map(listens -> editions.in(wish.encoding()).sweeps().get(loop));
      // Last of all that may fail: it takes the name from another connection.
      Publisher publisher =
          wish.publisher()
              .map(name -> channel.publishers().take(name, holder))
              .orElseGet(() -> channel.publishers().unnamed(holder));
      Optional<Subscriber> subscriber =
          sweep.map(
              its -> arriveAt(start.line(), inFeed, wish, its, sink.orElseThrow(), publisher));
      arrival =
          new Arrival(
              subscriber,
              publisher,
              start.line(),
              last + 1,
              oldest,
              sink.flatMap(listens -> start.gap()));
    } finally {
      appendSection.unlock();
    }
    arrival.subscriber().ifPresent(this::onArrived);
    return arrival;
  }

  private void onArrived(Subscriber subscriber) {
    if (subscriber.sweep().holdsSenders()) {
      channel.gate().holdIfNeeded();
    }
    subscriber.sweep().edition().announce();
    subscriber.sweep().edition().onHeadMoved();
    subscriber.sweep().add(subscriber);
  }

  /** Under the append section. */
  private Subscriber arriveAt(
      long line, long inFeed, Arrival.Wish wish, Sweep sweep, Sink sink, Publisher publisher) {
    Feed plain = editions.plain().feed();
    long last = plain.written().line();
    Head from = new Head(plain.placeBeforeLast(last - line).position(), line);
    boolean endsBefore = wish.limit() <= last - line;
    long after = endsBefore ? last - line - wish.limit() : 0;
    Head end = new Head(plain.placeBeforeLast(after).position(), last - after);
    Shelf shelf = channel.past().in(wish.encoding());
    Arrears arrears = new Arrears(plain, from, end, publisher.linesAfter(line), shelf);
    Subscriber subscriber = new Subscriber(sweep, sink, sweep.feed().written(), arrears);
    if (line + 1 < inFeed) {
      subscriber.recall();
    }
    enter(subscriber, arrears.lines());
    publisher.hear(subscriber, () -> endIfGoing(subscriber, CloseReason.SUPERSEDED));
    if (endsBefore && !subscriber.isFinishing()) {
      endPart(subscriber, CloseReason.FINISHED);
    }
    // Before anybody else appends: from now on nothing that it needs is lost.
    subscriber.holdSendersIfNeeded(sweep.feed().head());
    return subscriber;
  }

  /** Under the append section. */
  private void enter(Subscriber subscriber, long earlierLines) {
    subscriber.sweep().edition().enter();
    audience++;
    channel.counters().add(Counter.ELIGIBLE, earlierLines);
    if (closing) {
      endPart(subscriber, CloseReason.SHUTTING_DOWN);
    }
  }

  Subscriber observe(int observer, Sink sink) {
    Sweep sweep = editions.observers().get(observer);
    Subscriber subscriber = new Subscriber(sweep, sink, sweep.feed().head());
    sweep.add(subscriber);
    return subscriber;
  }

  void finish(Subscriber subscriber, CloseReason reason) {
    if (isDeaf(subscriber)) {
      subscriber.sink().finish(reason); // it has got everything
      return;
    }
    appendSection.lock();
    try {
      if (subscriber.isFinishing()) {
        return;
      }
      endPart(subscriber, reason);
    } finally {
      appendSection.unlock();
    }
    subscriber.sweep().visit(subscriber);
  }

  Account leave(Subscriber subscriber) {
    appendSection.lock();
    try {
      endIfGoing(subscriber, CloseReason.GONE);
    } finally {
      appendSection.unlock();
    }
    Account account = subscriber.account();
    subscriber.retire();
    if (subscriber.isAwaited()) { // it was sent away: nobody will be done with the rest for it
      channel.board().leaveUndone(subscriber.doneLine());
    }
    subscriber.sweep().remove(subscriber);
    if (subscriber.isInAudience()) {
      Counters counters = channel.counters();
      counters.add(Counter.DELIVERED_TO_DEPARTED, account.delivered());
      counters.add(Counter.SKIPPED_BY_DEPARTED, account.skipped());
      counters.add(Counter.LOST_WITH_DEPARTED, account.pending());
      subscriber.sweep().edition().onDeparted(subscriber.sweep(), account.delivered());
      stopFollowing(subscriber);
    }
    return account;
  }

  private void stopFollowing(Subscriber subscriber) {
    appendSection.lock();
    try {
      editions.leave(subscriber.sweep().edition());
    } finally {
      appendSection.unlock();
    }
    channel.gate().releaseIfReady(); // perhaps nobody else will: its edition is looked at no more
  }

  /** Under the append section. */
  private void endIfGoing(Subscriber subscriber, CloseReason reason) {
    if (!subscriber.isFinishing()) {
      endPart(subscriber, reason);
    }
  }

  /** Lines accepted from now on are not for this client. Under the append section. */
  private void endPart(Subscriber subscriber, CloseReason reason) {
    if (subscriber.isInAudience()) {
      audience--;
    }
    subscriber.finishAt(subscriber.sweep().feed().written(), reason);
  }

  /** From any thread. */
  void stopAccepting() {
    appendSection.lock();
    try {
      closing = true;
    } finally {
      appendSection.unlock();
    }
  }

  /** From any thread. */
  boolean isOpen() {
    return !closing;
  }

  /** Whether no line of this sender's is accepted any more. Under the append section. */
  boolean isFinishing(@Nullable Subscriber origin) {
    return closing || (origin != null && origin.isFinishing());
  }

  /** For how many clients a line of this sender's is. Under the append section. */
  int hearersBeside(@Nullable Subscriber origin) {
    boolean counted = origin != null && origin.isInAudience() && !origin.isFinishing();
    return counted ? audience - 1 : audience;
  }
}
