package io.linecast.core;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A channel's lines in one encoding: the feed that they are in, and the sweeps that serve those who
 * follow it. A line is encoded once for each edition that somebody follows, and never for a client.
 */
final class Edition implements AutoCloseable {

  private final LineChannel channel;
  private final Feed feed;
  private final Pace pace;
  private final LineEncoder encoder;
  private final List<Sweep> sweeps;

  /**
   * Who may still be written to, the leaving included. Changed in the append section; others ask
   * whether anybody is there at all.
   */
  private final AtomicInteger followers = new AtomicInteger();

  Edition(
      LineChannel channel, Feed feed, Pace pace, LineEncoder encoder, List<? extends Loop> loops) {
    this.channel = channel;
    this.feed = feed;
    this.pace = pace;
    this.encoder = encoder;
    this.sweeps = loops.stream().map(loop -> new Sweep(this, pace, loop)).toList();
  }

  LineChannel channel() {
    return channel;
  }

  Feed feed() {
    return feed;
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
    return policy == SlowPolicy.SKIP
        || (policy == SlowPolicy.STALL && channel.editions().plain() != this);
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

  /** Makes room for lines, so that appending them cannot fail. Append section only. */
  void reserve(Batch batch, long lastLine) {
    feed.reserve(encoder.encodedBytes(batch.run().remaining(), batch.lineCount(), lastLine));
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
            here.addOwn(start, start + bytes, first, lines);
          }
        });
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
