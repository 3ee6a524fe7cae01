package io.linecast.core;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel's lines in one encoding: the feed that they are in, and the sweeps that serve those who
 * follow it. A line is encoded once for each edition that somebody follows, and never for a client.
 */
final class Edition implements AutoCloseable {

  /** How far two lines whose delivery is timed are apart at least. */
  private static final long STAMP_NANOS = 100_000_000;

  private final LineChannel channel;
  private final Feed feed;
  private final Pace pace;
  private final LineEncoding encoding;
  private final LineEncoder encoder;
  private final List<Sweep> sweeps;

  /**
   * Who may still be written to, the leaving included. Changed in the append section; others ask
   * whether anybody is there at all.
   */
  private final AtomicInteger followers = new AtomicInteger();

  /** Deliveries made to those who have left, a cell for each sweep. Each is its loop's own. */
  private final long[] deliveredToDeparted;

  /** More than what {@link Editions#portionOf} lets in never has. Append section only. */
  private long batchBytes = Long.MAX_VALUE;

  /** Loops where a portion may have been asked for before lines began to enter this edition. */
  private final AtomicInteger unaware = new AtomicInteger();

  /** How often lines have begun to enter it since loops were last told. */
  private final AtomicInteger unannounced = new AtomicInteger();

  /** Written in the append section; volatile for the sweeps. */
  private volatile Stamp stamp = Stamp.NONE;

  Edition(
      LineChannel channel,
      Feed feed,
      Pace pace,
      LineEncoding encoding,
      List<? extends Loop> loops) {
    this.channel = channel;
    this.feed = feed;
    this.pace = pace;
    this.encoding = encoding;
    this.encoder = encoding.newEncoder(feed.largestRunBytes());
    this.sweeps = loops.stream().map(loop -> new Sweep(this, pace, loop, channel.times())).toList();
    this.deliveredToDeparted = new long[loops.size()];
  }

  LineChannel channel() {
    return channel;
  }

  Feed feed() {
    return feed;
  }

  LineEncoding encoding() {
    return encoding;
  }

  /** What its followers are allowed. */
  Pace pace() {
    return pace;
  }

  /**
   * Whether a follower that is lapped goes on, and not only where the policy says so: none is ever
   * lapped where senders wait, but if one were, it goes on if it can be told of the gap.
   */
  boolean mayMissLines(SlowPolicy policy) {
    return policy == SlowPolicy.SKIP || (policy == SlowPolicy.STALL && encoding.tellsGaps());
  }

  /** One for each loop, in the loops' order. */
  List<Sweep> sweeps() {
    return sweeps;
  }

  boolean isFollowed() {
    return followers.get() > 0;
  }

  /** Somebody comes. Append section only. */
  void enter() {
    followers.incrementAndGet();
  }

  /** Somebody has left and is written to no more. Append section only. */
  void leave() {
    followers.decrementAndGet();
  }

  /** Somebody has gone, after so many deliveries. On the sweep's loop. */
  void onDeparted(Sweep sweep, long delivered) {
    deliveredToDeparted[sweeps.indexOf(sweep)] += delivered;
  }

  /** How many deliveries were made by one of the sweeps. On its loop. */
  long deliveredBy(int loop) {
    long[] sum = {deliveredToDeparted[loop]};
    sweeps.get(loop).forEachMember(member -> sum[0] += member.deliveredLines());
    return sum[0];
  }

  /** An edition of its feed, which is closed if there is no memory for the rest of it. */
  static Edition of(
      LineChannel channel,
      Feed feed,
      Pace pace,
      LineEncoding encoding,
      List<? extends Loop> loops) {
    Edition edition = null;
    try {
      edition = new Edition(channel, feed, pace, encoding, loops);
      return edition;
    } finally {
      if (edition == null) {
        feed.close();
      }
    }
  }

  /** Lines that enter at once may have so many bytes here, and no more. */
  void limitBatches(long bytes) {
    batchBytes = bytes;
  }

  /** Lines enter from behind line {@code line} on. Nobody follows yet. Append section only. */
  void fill(long line) {
    feed.restart(line);
    unaware.addAndGet(sweeps.size());
    unannounced.incrementAndGet();
  }

  /**
   * Lines enter it, and every loop is to know: it asks for a portion and publishes that in one
   * task, so the next one does. From any thread, but not in the append section.
   */
  void announce() {
    for (int i = unannounced.getAndSet(0); i > 0; i--) {
      sweeps.forEach(sweep -> sweep.loop().execute(unaware::decrementAndGet));
    }
  }

  /**
   * Makes room for lines, so that appending them cannot fail. Append section only.
   *
   * @throws IllegalArgumentException if these are more than may enter at once
   */
  void reserve(Batch batch, long lastLine) {
    int bytes = batch.run().remaining();
    long encoded = encoding.encodedBytes(bytes, batch.lineCount(), lastLine);
    if (encoded > batchBytes && unaware.get() == 0) {
      throw new IllegalArgumentException(
          "%d lines of %d bytes are no portion: %s has up to %d bytes of them, over %d"
              .formatted(batch.lineCount(), bytes, encoding.name(), encoded, batchBytes));
    }
    feed.reserve(encoded);
  }

  /**
   * Encodes lines into the feed, unseen until it is published, and tells their sender where its own
   * lie if it follows this edition. Append section only.
   */
  void append(Batch batch, long firstLine) {
    Subscriber sender = batch.origin();
    Subscriber here = sender != null && sender.sweep().edition() == this ? sender : null;
    encoder.encode(
        batch.run(),
        batch.lineCount(),
        firstLine,
        (run, lines, first) -> {
          int bytes = run.remaining();
          long start = feed.append(run, lines);
          if (here != null) {
            addOwn(here, start, start + bytes, first, lines);
          }
        });
  }

  /** Makes room for what {@link #appendVoid} writes. Append section only. */
  void reserveVoid(long first, long last) {
    feed.reserve(encoding.encodedVoid(first, last).remaining());
  }

  /** Numbers that no line has, told where they are if those who follow see numbers. As above. */
  void appendVoid(long first, long last) {
    feed.appendVoid(encoding.encodedVoid(first, last), last - first + 1);
  }

  private void addOwn(Subscriber sender, long start, long end, long firstLine, int lines) {
    long voids = feed.written().voids();
    if (channel.journal().isDeferred()) {
      // This is another thread.
      sender.sweep().ownLines().put(sender, start, end, firstLine, lines, voids);
    } else {
      sender.addOwn(start, end, firstLine, lines, voids);
    }
  }

  /** Lets everybody see what was appended, and has its delivery timed now and then. */
  void publish(long nowNanos) {
    if (nowNanos - stamp.nanos() >= STAMP_NANOS) {
      stamp = new Stamp(feed.written(), nowNanos);
    }
    feed.publish();
  }

  /** Up to where delivery was last begun to be timed. */
  Stamp stamp() {
    return stamp;
  }

  void onHeadMoved() {
    for (int i = 0; i < sweeps.size(); i++) {
      sweeps.get(i).onHeadMoved();
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
