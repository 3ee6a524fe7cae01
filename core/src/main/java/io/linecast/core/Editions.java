package io.linecast.core;

import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A channel's lines in each encoding that somebody has asked for: the plain one always, and the
 * numbered one from the first acknowledged listener on.
 */
final class Editions implements AutoCloseable {

  private static final int PARTS_PER_RUN = 4;

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
      LineEncoder encoder = new NumberedLines(run, plain.feed().largestRunBytes() / PARTS_PER_RUN);
      all = List.of(plain, new Edition(channel, feed, pace, encoder, loops));
    }
    Edition numbered = all.getLast();
    if (!numbered.isFollowed()) {
      numbered.feed().restart(plain.feed().written().line());
    }
    return numbered;
  }

  /** See {@link LineChannel#portionOf}. */
  int portionOf(ByteBuffer bytes, boolean lineBegun) {
    int from = bytes.position();
    int to = bytes.limit();
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (lineBegun) {
      int lineFeed = LineFeeds.indexOf(bytes, from, to);
      return lineFeed < 0 ? to - from : lineFeed + 1 - from;
    }
    int most = Math.max(1, plain.feed().largestRunBytes() / 2 / NumberedLines.PREFIX_MAX_BYTES);
    boolean grows = all.getLast() != plain && all.getLast().isFollowed();
    if (!grows || to - from <= most || LineFeeds.count(bytes, from, to) <= most) {
      return to - from;
    }
    int end = from;
    for (int lines = 0; lines < most; lines++) {
      end = LineFeeds.indexOf(bytes, end, to) + 1;
    }
    return end - from;
  }

  /**
   * Makes room for lines in every encoding before they get their numbers: they enter all editions,
   * or none. Append section only.
   */
  void reserve(Batch batch) {
    long lastLine = plain.feed().written().line() + batch.lineCount();
    List<Edition> now = all;
    for (int i = 0; i < now.size(); i++) {
      if (isFilled(now.get(i))) {
        now.get(i).reserve(batch, lastLine);
      }
    }
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
