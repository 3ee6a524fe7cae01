package io.linecast.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A world of its own: lines published here are numbered, kept, and heard by everybody here but
 * their sender.
 *
 * <p>Safe from any thread where not said otherwise. Its lock guards the short append section and
 * nothing else: who is here, who may hear a line, and the line's place are decided together.
 */
public final class LineChannel implements AutoCloseable {

  /** How many named publishers are remembered if nothing else is said. */
  public static final int DEFAULT_PUBLISHERS = 10_000;

  private final String name;
  private final Journal journal;
  private final ServingTimes times;
  private final Editions editions;
  private final Membership members;
  private final Publishers publishers;
  private final Counters counters = new Counters();
  private final SenderGate gate;
  private final ProgressBoard board = new ProgressBoard(this);
  private final Acceptance acceptance;
  private final Past past;

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
    this(
        name,
        feed,
        journal,
        pace,
        loops,
        observerLoops,
        DEFAULT_PUBLISHERS,
        ServingTimes.NONE,
        Archive.withThreads(Archive.DEFAULT_READERS, Archive.DEFAULT_BYTES));
  }

  /**
   * As above.
   *
   * @param publishers how many named publishers are remembered, at least 1
   * @param times told how long serving its clients takes
   * @param archive reads what its journal keeps; its server's channels share it
   */
  public LineChannel(
      String name,
      Feed feed,
      Journal journal,
      Pace pace,
      List<? extends Loop> loops,
      List<? extends Loop> observerLoops,
      int publishers,
      ServingTimes times,
      Archive archive) {
    this.name = name;
    this.journal = journal;
    this.times = times;
    this.gate = new SenderGate(this);
    this.editions = new Editions(this, feed, pace, loops, observerLoops);
    this.past = new Past(this, journal, archive);
    ReentrantLock appendSection = new ReentrantLock();
    this.members = new Membership(this, editions, appendSection);
    this.publishers = new Publishers(publishers, appendSection);
    this.acceptance =
        new Acceptance(this, journal, editions, members, this.publishers, appendSection);
    past.fill(feed(), pace().historyLagBytes()); // it goes on where the journal has come to
    this.publishers.restore(journal.sent());
    journal.open(acceptance);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Counts a client that is lapped; its own policy may not be the channel's. On its loop. */
  void onLapped(SlowPolicy policy, long lines, long lagBytes) {
    counters.add(Counter.LAPPED, 1);
    gate.recorder().onLapped(policy, lines, lagBytes);
  }

  /** What its plain followers are allowed. */
  public Pace pace() {
    return editions.plain().pace();
  }

  /** What it counts. */
  public Counters counters() {
    return counters;
  }

  /** Its lines as they are. */
  public Feed feed() {
    return editions.plain().feed();
  }

  /** What gives its lines their numbers. */
  public Journal journal() {
    return journal;
  }

  /** Who publishes here under names. */
  public Publishers publishers() {
    return publishers;
  }

  /** Who waits until everybody has been written to. */
  public ProgressBoard board() {
    return board;
  }

  /** The sweeps that serve its plain clients, one for each loop. */
  public List<Sweep> sweeps() {
    return editions.plain().sweeps();
  }

  ServingTimes times() {
    return times;
  }

  /** What its journal keeps. */
  public Past past() {
    return past;
  }

  Editions editions() {
    return editions;
  }

  /** How long ago a line was accepted. From any thread. */
  long ageNanos(long line) {
    return editions.times().ageNanos(line, System.nanoTime());
  }

  SenderGate gate() {
    return gate;
  }

  /**
   * Lets a plain client in: it hears every line accepted from now on, after the last {@code
   * history} lines, as far as these lie in the newest quarter of the window (a newcomer must not be
   * late at once). Called on the sweep's loop.
   */
  public Subscriber join(Sweep sweep, Sink sink, long history) {
    return members.join(sweep, sink, history);
  }

  /**
   * Lets a client in that hears nothing: it is looked after like any other, and no line is for it.
   * What it publishes has no origin. Called on the sweep's loop.
   */
  public Subscriber joinDeaf(Sweep sweep, Sink sink) {
    return members.joinDeaf(sweep, sink);
  }

  /**
   * Lets a client in that says where it begins. Called on its loop.
   *
   * @param loop its loop's place among the channel's
   * @param sink empty if it does not listen
   * @param holder the connection, as whoever publishes under a name is known
   * @throws RefusedException if there is no such place to begin at, the channel has ended, or there
   *     are too many publishers
   */
  public Arrival arrive(Arrival.Wish wish, int loop, Optional<Sink> sink, Publisher.Holder holder) {
    return members.arrive(wish, loop, sink, holder);
  }

  /**
   * Lets somebody look on who is no client: the n-th observer loop's. It hears every line from now
   * on, and skips when it is lapped. Called on that loop.
   */
  public Subscriber observe(int observer, Sink sink) {
    return members.observe(observer, sink);
  }

  /**
   * The client will send nothing more: it is sent all that has been accepted up to now and is then
   * closed. Called on its loop.
   */
  public void finish(Subscriber subscriber, CloseReason reason) {
    members.finish(subscriber, reason);
  }

  /** The client is gone; its account is closed. Called once, on its loop. */
  public Account leave(Subscriber subscriber) {
    return members.leave(subscriber);
  }

  /** Whether it accepts lines: it has not ended. */
  public boolean isOpen() {
    return members.isOpen();
  }

  /** Accepts no line from now on; what has been accepted still goes to everybody. */
  public void stopAccepting() {
    members.stopAccepting();
  }

  /**
   * How many of a sender's bytes, from position to limit, are let in before it asks anew whether
   * senders wait: all, or, where lines are numbered for somebody, so many lines as grow by half of
   * the largest run at most. So what is under way when senders are told to wait is little, however
   * short the lines are. No more whole lines than the largest run has, either. Sets the buffer's
   * byte order to little endian.
   *
   * @param lineBegun whether the first of the bytes are the rest of a line: that goes alone
   */
  public int portionOf(ByteBuffer bytes, boolean lineBegun) {
    return editions.portionOf(bytes, lineBegun);
  }

  /**
   * Accepts lines. Called on the origin's loop, where there is one.
   *
   * @return {@link Receipt#REFUSED} if the channel, or the origin's part in it, is finishing;
   *     {@link Receipt#PENDING} if the journal will say; {@link Receipt#FAILED} if it cannot keep
   *     them
   */
  public Receipt publish(Batch batch) {
    return acceptance.publish(batch, null);
  }

  /**
   * Accepts lines that their sender has given numbers of its own: new ones, which rise. As above.
   *
   * @param holder the connection that publishes under them
   * @return {@link Receipt#REFUSED} also if another connection does now
   */
  public Receipt publish(Batch batch, Publisher.Holder holder) {
    return acceptance.publish(batch, holder);
  }

  /** As above; {@code numbers} has one for each line, the publisher's own. */
  public Receipt publish(
      Batch batch, long[] numbers, Publisher publisher, Publisher.Holder holder) {
    return acceptance.publish(batch.with(new Numbering(publisher, numbers)), holder);
  }

  /** Whether the journal has handed back all that it was given. From any thread. */
  public boolean isSettled() {
    return acceptance.isSettled();
  }

  /** Has {@code onChanged} run when the journal is well no more, or again. On any thread. */
  public void watchJournal(Runnable onChanged) {
    acceptance.watchJournal(onChanged);
  }

  /**
   * Whether senders are to wait: the server itself is behind, or, where the policy is to stall, a
   * client is. A sender that finds it so calls {@link #awaitRelease} and publishes nothing until
   * then.
   */
  public boolean holdsSenders() {
    return gate.isHeld();
  }

  /** Runs {@code resume} on this loop once senders need wait no longer. Called on the loop. */
  public void awaitRelease(Sweep sweep, Runnable resume) {
    gate.await(sweep, resume);
  }

  /** Has {@code resume}, which may be waiting on this loop, not run. Called on the loop. */
  public void awaitNoLonger(Sweep sweep, Runnable resume) {
    gate.awaitNoLonger(sweep, resume);
  }

  /** Gives its memory back. Its loops must have ended. */
  @Override
  public void close() {
    acceptance.abandon();
    journal.close();
    editions.close();
  }
}
