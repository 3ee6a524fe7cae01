package io.linecast.core;

import java.util.List;

/**
 * A channel's lines in each encoding that somebody has asked for: the plain one always, and the
 * numbered one from the first acknowledged listener on.
 */
final class Editions implements AutoCloseable {

  private final LineChannel channel;
  private final List<? extends Loop> loops;
  private final Edition plain;
  private final List<Sweep> observers;

  /** The plain one first. Replaced in the append section; volatile because all loops look at it. */
  private volatile List<Edition> all;

  Editions(
      LineChannel channel,
      Feed feed,
      Pace pace,
      List<? extends Loop> loops,
      List<? extends Loop> observerLoops) {
    this.channel = channel;
    this.loops = loops;
    this.plain = new Edition(channel, feed, pace, LineEncoder.PLAIN, loops);
    Pace observerPace = new Pace(pace.windowBytes(), SlowPolicy.SKIP);
    this.observers =
        observerLoops.stream().map(loop -> new Sweep(plain, observerPace, loop)).toList();
    this.all = List.of(plain);
  }

  Edition plain() {
    return plain;
  }

  List<Edition> all() {
    return all;
  }

  /** The sweeps of those who only look on. */
  List<Sweep> observers() {
    return observers;
  }

  /**
   * The edition for acknowledged listeners, filled from the next line on if nobody follows it yet.
   * A listener that is late can be told so, and skips. Append section only.
   */
  Edition numbered() {
    if (all.size() == 1) {
      int run = plain.feed().largestRunBytes() + NumberedLines.PREFIX_MAX_BYTES;
      Feed feed = plain.feed().sibling(run);
      boolean stalls = plain.pace().policy() == SlowPolicy.STALL;
      Pace pace = new Pace(plain.pace().windowBytes(), stalls ? SlowPolicy.STALL : SlowPolicy.SKIP);
      all = List.of(plain, new Edition(channel, feed, pace, new NumberedLines(run), loops));
    }
    Edition numbered = all.getLast();
    if (!numbered.isFollowed()) {
      numbered.feed().restart(plain.feed().written().line());
    }
    return numbered;
  }

  /** Encodes lines for everybody, then lets everybody see them. Append section only. */
  void append(Batch batch, long firstLine) {
    List<Edition> now = all;
    for (int i = 0; i < now.size(); i++) {
      if (isFilled(now.get(i))) {
        now.get(i).append(batch, firstLine);
      }
    }
    for (int i = 0; i < now.size(); i++) {
      now.get(i).feed().publish();
    }
  }

  /** Lines have been published. From any thread. */
  void onHeadMoved() {
    List<Edition> now = all;
    for (int i = 0; i < now.size(); i++) {
      if (isFilled(now.get(i))) {
        now.get(i).onHeadMoved();
      }
    }
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).onHeadMoved();
    }
  }

  /** The plain one is history too. */
  private boolean isFilled(Edition edition) {
    return edition == plain || edition.isFollowed();
  }

  @Override
  public void close() {
    all.forEach(Edition::close);
  }
}
