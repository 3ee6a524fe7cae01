package io.linecast.core;

import io.linecast.core.event.ChannelRecorder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A world of its own: lines published here are numbered, kept, and heard by everybody here but
 * their sender.
 *
 * <p>Safe from any thread where not said otherwise. Its lock guards the short append section and
 * nothing else: who is here, who may hear a line, and the line's place are decided together.
 */
public final class LineChannel implements AutoCloseable {

  private final String name;
  private final Feed feed;
  private final Journal journal;
  private final Pace pace;
  private final List<Sweep> sweeps;
  private final List<Sweep> observers;
  private final Counters counters = new Counters();
  private final ReentrantLock appendSection = new ReentrantLock();

  /** Clients for whom a new line would be. Under the append section. */
  private int audience;

  /** No line is accepted any more. Under the append section. */
  private boolean closing;

  /** Senders wait. Looked at by every sender before each batch, on its own loop. */
  private final AtomicBoolean held = new AtomicBoolean();

  private final ChannelRecorder recorder;

  /**
   * A channel without lines.
   *
   * @param loops one sweep is made for each
   * @param observerLoops the loops of those who only look on: they are nobody's audience, and their
   *     being behind holds nobody up
   */
  public LineChannel(
      String name,
      Feed feed,
      Journal journal,
      Pace pace,
      List<? extends Loop> loops,
      List<? extends Loop> observerLoops) {
    this.name = name;
    this.recorder = new ChannelRecorder(name, held);
    this.feed = feed;
    this.journal = journal;
    this.pace = pace;
    this.sweeps = loops.stream().map(loop -> new Sweep(this, loop)).toList();
    this.observers = observerLoops.stream().map(loop -> new Sweep(this, loop)).toList();
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Counts a client that is lapped; its own policy may not be the channel's. On its loop. */
  void onLapped(SlowPolicy policy, long lines, long lagBytes) {
    counters.add(Counter.LAPPED, 1);
    recorder.onLapped(policy, lines, lagBytes);
  }

  /** What its followers are allowed. */
  public Pace pace() {
    return pace;
  }

  /** What it counts. */
  public Counters counters() {
    return counters;
  }

  /** Its lines. */
  public Feed feed() {
    return feed;
  }

  /** The sweeps that serve its clients, one for each loop. */
  public List<Sweep> sweeps() {
    return sweeps;
  }

  /**
   * Lets a client in: it hears every line accepted from now on, after the last {@code history}
   * lines, as far as these lie in the newest quarter of the window (a newcomer must not be late at
   * once). Called on the sweep's loop.
   */
  public Subscriber join(Sweep sweep, Sink sink, long history) {
    Subscriber subscriber;
    appendSection.lock();
    try {
      Head start = feed.placeBeforeLast(history);
      Head earliest = feed.lineStartNear(feed.written().position() - pace.historyLagBytes());
      if (start.line() < earliest.line()) {
        start = earliest;
      }
      subscriber = new Subscriber(sweep, sink, pace, start, true);
      audience++;
      counters.add(Counter.ELIGIBLE, feed.written().line() - start.line());
      if (closing) {
        endPart(subscriber, CloseReason.SHUTTING_DOWN);
      }
    } finally {
      appendSection.unlock();
    }
    sweep.add(subscriber);
    return subscriber;
  }

  /**
   * Lets somebody look on who is no client: the n-th observer loop's. It hears every line from now
   * on, and skips when it is lapped. Called on that loop.
   */
  public Subscriber observe(int observer, Sink sink) {
    Sweep sweep = observers.get(observer);
    Pace observerPace = new Pace(pace.windowBytes(), SlowPolicy.SKIP);
    Subscriber subscriber = new Subscriber(sweep, sink, observerPace, feed.head(), false);
    sweep.add(subscriber);
    return subscriber;
  }

  /**
   * Accepts lines. Called on the origin's loop, where there is one.
   *
   * @return false if the channel, or the origin's part in it, is finishing: nothing was accepted
   */
  public boolean publish(Batch batch) {
    appendSection.lock();
    try {
      if (closing || (batch.origin() != null && batch.origin().isFinishing())) {
        return false;
      }
      journal.keep(batch, this::enter);
    } finally {
      appendSection.unlock();
    }
    for (int i = 0; i < sweeps.size(); i++) {
      sweeps.get(i).onHeadMoved();
    }
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).onHeadMoved();
    }
    holdSendersIfNeeded();
    return true;
  }

  /** The lines are kept: gives them their place. Own ranges first, then the head over them. */
  private void enter(Batch batch, long firstLine) {
    int bytes = batch.run().remaining();
    int lines = batch.lineCount();
    long start = feed.append(batch.run(), lines);
    Subscriber origin = batch.origin();
    if (origin != null) {
      origin.addOwn(start, start + bytes, firstLine, lines);
    }
    feed.publish();
    counters.add(Counter.ACCEPTED_LINES, lines);
    counters.add(Counter.ACCEPTED_BYTES, bytes);
    counters.add(Counter.ELIGIBLE, (long) lines * (origin == null ? audience : audience - 1));
  }

  /**
   * The client will send nothing more: it is sent all that has been accepted up to now and is then
   * closed. Called on its loop.
   */
  public void finish(Subscriber subscriber, CloseReason reason) {
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

  /** The client is gone; its account is closed. Called once, on its loop. */
  public Account leave(Subscriber subscriber) {
    appendSection.lock();
    try {
      if (!subscriber.isFinishing()) {
        endPart(subscriber, CloseReason.GONE);
      }
    } finally {
      appendSection.unlock();
    }
    Account account = subscriber.account();
    if (subscriber.isInAudience()) {
      counters.add(Counter.DELIVERED_TO_DEPARTED, account.delivered());
      counters.add(Counter.SKIPPED_BY_DEPARTED, account.skipped());
      counters.add(Counter.LOST_WITH_DEPARTED, account.pending());
    }
    subscriber.retire();
    subscriber.sweep().remove(subscriber);
    return account;
  }

  /** Lines accepted from now on are not for this client. Under the append section. */
  private void endPart(Subscriber subscriber, CloseReason reason) {
    if (subscriber.isInAudience()) {
      audience--;
    }
    subscriber.finishAt(feed.written(), reason);
  }

  /** Accepts no line from now on; what has been accepted still goes to everybody. */
  public void stopAccepting() {
    appendSection.lock();
    try {
      closing = true;
    } finally {
      appendSection.unlock();
    }
  }

  /**
   * Whether senders are to wait: the server itself is behind, or, where the policy is to stall, a
   * client is. A sender that finds it so calls {@link #awaitRelease} and publishes nothing until
   * then.
   */
  public boolean holdsSenders() {
    return held.get();
  }

  /** Runs {@code resume} on this loop once senders need wait no longer. Called on the loop. */
  public void awaitRelease(Sweep sweep, Runnable resume) {
    sweep.awaitRelease(resume);
    if (!held.get()) {
      // Released between the sender's look and its queueing: nobody else would wake it.
      sweep.releaseSendersSoon();
    }
  }

  private void holdSendersIfNeeded() {
    if (held.get()) {
      return;
    }
    boolean overloaded = isOverloaded();
    if ((overloaded || isStalled()) && held.compareAndSet(false, true)) {
      counters.add(overloaded ? Counter.OVERLOADS : Counter.STALLS, 1);
      recorder.onHeld(overloaded);
      // The reason may have gone between the look and the setting: look once more.
      releaseSendersIfReady();
    }
  }

  /** Called whenever what holds senders up may have gone. On any sweep's loop. */
  void releaseSendersIfReady() {
    if (held.get() && !isOverloaded() && !isStalled() && held.compareAndSet(true, false)) {
      recorder.onReleased();
      for (Sweep sweep : sweeps) {
        sweep.releaseSendersSoon();
      }
    }
  }

  private boolean isOverloaded() {
    Head head = feed.head();
    for (int i = 0; i < sweeps.size(); i++) {
      if (pace.isOverloaded(sweeps.get(i).revolutionBytes(head))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStalled() {
    for (int i = 0; i < sweeps.size(); i++) {
      if (sweeps.get(i).holdsSenders()) {
        return true;
      }
    }
    return false;
  }

  /** Gives its memory back. Its loops must have ended. */
  @Override
  public void close() {
    feed.close();
  }
}
