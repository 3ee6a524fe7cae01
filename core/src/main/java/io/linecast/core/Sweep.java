package io.linecast.core;

import io.linecast.core.event.SweepRecorder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the followers of one channel on one loop: goes around them and writes to each up to the
 * head of that moment.
 *
 * <p>Runs when the head has moved, never by a timer: under low load a line goes out at once, under
 * load lines gather while the sweep is busy. It goes on from where it stopped, so every line is out
 * one revolution after it came and nobody is always last. Owned by its loop but for what is said.
 */
public final class Sweep {

  /** A step's bounds: after either the loop is given back to reads, accepts and timers. */
  private static final int VISITS_PER_STEP = 256;

  private static final long BYTES_PER_STEP = 8L << 20;
  private static final int INITIAL_MEMBERS = 16;

  private final Edition edition;
  private final LineChannel channel;
  private final Feed feed;
  private final Pace pace;
  private final Loop loop;
  private final SweepRecorder recorder;
  private final Runnable step = this::step;

  /** Set by whoever schedules a step, on any thread; cleared by the loop when nothing is left. */
  private final AtomicBoolean scheduled = new AtomicBoolean();

  private @Nullable Subscriber[] members = new @Nullable Subscriber[INITIAL_MEMBERS];
  private int count;
  private int next;

  /** Visits still to be made until every member has been offered all up to {@code seen}. */
  private int remaining;

  private Head seen = Head.START;

  private final Revolution revolution = new Revolution();

  /**
   * Members who hold the senders up. Volatile: senders on other loops look at it. Written by the
   * loop alone.
   */
  private volatile int holding;

  private final ProgressMeter meter = new ProgressMeter(this);
  private final OwnLinesInbox ownLines = new OwnLinesInbox();
  private final WaitingSenders waitingSenders = new WaitingSenders(this);
  final CatchUp catchUp = new CatchUp(this);
  private @Nullable LineEncoder encoder; // made for the first who has arrears

  Sweep(Edition edition, Pace pace, Loop loop, ServingTimes times) {
    this.edition = edition;
    this.channel = edition.channel();
    this.feed = edition.feed();
    this.pace = pace;
    this.loop = loop;
    this.recorder = new SweepRecorder(channel.name(), times::swept);
  }

  Edition edition() {
    return edition;
  }

  Feed feed() {
    return feed;
  }

  /** The head of this moment; clients' own lines below it are known to them. On the loop. */
  Head head() {
    Head head = feed.head();
    ownLines.takeIn();
    return head;
  }

  OwnLinesInbox ownLines() {
    return ownLines;
  }

  Pace pace() {
    return pace;
  }

  LineEncoder encoder() {
    if (encoder == null) {
      encoder = edition.encoding().newEncoder(feed.largestRunBytes());
    }
    return encoder;
  }

  /** A member has come further. On the loop. */
  public void onMemberProgress() {
    meter.onMemberProgress();
  }

  ProgressMeter meter() {
    return meter;
  }

  WaitingSenders waitingSenders() {
    return waitingSenders;
  }

  /** The channel whose lines it sends. */
  public LineChannel channel() {
    return channel;
  }

  /** Whose connections it serves. */
  public Loop loop() {
    return loop;
  }

  /** How many connections it serves. */
  int size() {
    return count;
  }

  /** Calls back for every connection it serves; these may leave meanwhile. */
  public void forEach(Consumer<Subscriber> action) {
    for (Subscriber member : Arrays.copyOf(members, count)) {
      action.accept(Objects.requireNonNull(member));
    }
  }

  void forEachMember(Consumer<Subscriber> action) {
    for (int i = 0; i < count; i++) {
      action.accept(Objects.requireNonNull(members[i]));
    }
  }

  /** The head has moved. From any thread. */
  void onHeadMoved() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(step);
    }
  }

  void add(Subscriber subscriber) {
    if (count == members.length) {
      members = Arrays.copyOf(members, 2 * count);
    }
    subscriber.index = count;
    members[count++] = subscriber;
    if (remaining > 0) { // it may stand between those still to be visited and the first one
      remaining++;
      revolution.addVisit();
    }
    boolean due = subscriber.isFinishing() || subscriber.isCatchingUp();
    if (due || subscriber.isUnfinished(head())) {
      loop.execute(() -> visit(subscriber));
    }
  }

  /**
   * Keeps those who have been visited behind {@code next} and the others ahead of it, so that
   * nobody is passed over because somebody left.
   */
  void remove(Subscriber subscriber) {
    int hole = subscriber.index;
    if (hole < 0) {
      return;
    }
    if (hole < next) {
      next--;
      move(next, hole);
      hole = next;
      // The last member comes here, visited or not: one visit more, so that nobody else has less.
      remaining++;
      revolution.addVisit();
    }
    count--;
    move(count, hole);
    members[count] = null;
    subscriber.index = -1;
    if (next >= count) {
      next = 0;
    }
    meter.onMemberProgress();
  }

  private void move(int from, int to) {
    members[to] = members[from];
    Objects.requireNonNull(members[to]).index = to;
  }

  /** Visits one member out of turn, again and again until it is served or its socket is full. */
  void visit(Subscriber subscriber) {
    Head head = head();
    visit(subscriber, head);
    if (subscriber.isUnfinished(head)) {
      loop.executeAfterIo(() -> visit(subscriber));
    } else {
      meter.onMemberProgress();
    }
  }

  void onHoldingChanged(int change) {
    int now = holding + change;
    holding = now;
    if (now == 0) {
      channel.gate().releaseIfReady();
    }
  }

  boolean holdsSenders() {
    return holding > 0;
  }

  /** How far the head has moved since the revolution under way began, in bytes. */
  long revolutionBytes(Head head) {
    return revolution.bytes(head);
  }

  /** Goes on even if a visit failed: a fault costs one client, never all of the loop. */
  private void step() {
    boolean resting = false;
    try {
      resting = visitSome();
    } finally {
      if (!resting) {
        loop.executeAfterIo(step);
      }
    }
  }

  /** Returns whether there is nothing left to do. */
  private boolean visitSome() {
    long bytes = 0;
    int visits = 0;
    for (; visits < VISITS_PER_STEP && bytes < BYTES_PER_STEP; visits++) {
      Head head = head();
      if (head.position() != seen.position()) {
        seen = head;
        remaining = count;
      }
      if (remaining <= 0 || count == 0) {
        recorder.end(visits, bytes, count);
        rest();
        return true;
      }
      if (revolution.isOver()) {
        recorder.begin(visits, bytes, count);
        startRevolution(head);
      }
      revolution.onVisit();
      remaining--;
      Subscriber member = Objects.requireNonNull(members[next]);
      next = next + 1 == count ? 0 : next + 1;
      bytes += visit(member, head);
      if (member.isUnfinished(head)) {
        remaining = count;
        revolution.onUnfinished(member.isLagging());
      }
    }
    recorder.pause(visits, bytes);
    return false;
  }

  private static long visit(Subscriber member, Head head) {
    boolean done = false;
    try {
      long bytes = member.visit(head);
      done = true;
      return bytes;
    } finally {
      if (!done) {
        member.sweep().recorder.abandon();
        member.onFault();
      }
    }
  }

  private void startRevolution(Head head) {
    revolution.start(count, head);
    channel.gate().releaseIfReady();
    meter.onRevolution();
  }

  /** Everybody has been offered everything: nothing to do until the head moves. */
  private void rest() {
    revolution.rest(seen);
    meter.onRevolution();
    channel.gate().releaseIfReady();
    scheduled.set(false);
    if (feed.head().position() != seen.position()) {
      onHeadMoved();
    }
  }
}
