package io.linecast.core;

import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A channel's lines in each encoding that somebody has asked for: the plain one always, each other
 * one from its first listener on.
 */
final class Editions implements AutoCloseable {

  private final LineChannel channel;
  private final List<? extends Loop> loops;
  private final Edition plain;
  private final AcceptanceTimes times = new AcceptanceTimes();
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
    this.plain = new Edition(channel, feed, pace, BasicEncoding.PLAIN, loops);
    Pace observerPace = new Pace(pace.windowBytes(), SlowPolicy.SKIP);
    this.observers =
        observerLoops.stream()
            .map(loop -> new Sweep(plain, observerPace, loop, ServingTimes.NONE))
            .toList();
    this.all = List.of(plain);
  }

  Edition plain() {
    return plain;
  }

  List<Edition> all() {
    return all;
  }

  AcceptanceTimes times() {
    return times;
  }

  /** The sweeps of those who only look on. */
  List<Sweep> observers() {
    return observers;
  }

  /**
   * The edition in an encoding, filled from the next line on if nobody follows it yet. Append
   * section only.
   */
  Edition in(LineEncoding encoding) {
    Edition edition =
        all.stream()
            .filter(each -> each.encoding().equals(encoding))
            .findAny()
            .orElseGet(() -> add(encoding));
    if (!isFilled(edition)) {
      edition.fill(plain.feed().written().line());
    }
    return edition;
  }

  /** Somebody has left an edition and is written to no more. Append section only. */
  void leave(Edition edition) {
    edition.leave();
    if (!isFilled(edition)) {
      edition.feed().letGo();
    }
  }

  private Edition add(LineEncoding encoding) {
    int run = (int) encoding.encodedBytes(plain.feed().largestRunBytes(), 1, Long.MAX_VALUE);
    int batch = run + mostGrowthBytes();
    long least = leastWindowBytes(batch);
    Feed feed = plain.feed().sibling(Math.max(plain.feed().windowBytes(), least), run, batch);
    Edition edition = Edition.of(channel, feed, paceOf(encoding, least), encoding, loops);
    edition.limitBatches(batch);
    List<Edition> more = new ArrayList<>(all);
    more.add(edition);
    all = List.copyOf(more);
    return edition;
  }

  /** By how much the lines that enter at once grow at most by what is written around each. */
  private int mostGrowthBytes() {
    return plain.feed().largestRunBytes() / 2;
  }

  /**
   * What is under way when senders are told to wait is a batch for each loop, and before them the
   * end of a segment may stay unused: all that fits into a quarter of the window.
   */
  private long leastWindowBytes(int batchBytes) {
    return 4L * (loops.size() + 1) * Feed.powerOfTwoAtLeast(batchBytes);
  }

  /** A listener that is late and can be told so skips. */
  private Pace paceOf(LineEncoding encoding, long leastWindowBytes) {
    Pace ofPlain = plain.pace();
    boolean skips = encoding.tellsGaps() && ofPlain.policy() != SlowPolicy.STALL;
    long windowBytes = Math.max(ofPlain.windowBytes(), leastWindowBytes);
    return new Pace(windowBytes, skips ? SlowPolicy.SKIP : ofPlain.policy());
  }

  /** See {@link LineChannel#portionOf}. */
  int portionOf(ByteBuffer bytes, boolean lineBegun) {
    int from = bytes.position();
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    int to = lineBegun ? bytes.limit() : endOfRun(bytes);
    if (lineBegun) {
      int lineFeed = LineFeeds.indexOf(bytes, from, to);
      return lineFeed < 0 ? to - from : lineFeed + 1 - from;
    }
    long growth = largestGrowthBytes();
    if (growth == 0) {
      return to - from;
    }
    long most = Math.max(1, mostGrowthBytes() / growth);
    if (to - from <= most || LineFeeds.count(bytes, from, to) <= most) {
      return to - from;
    }
    return LineFeeds.endOf(bytes, from, (int) most) - from;
  }

  /** Where the lines end that are no more than may ever enter at once: a journal may have more. */
  private int endOfRun(ByteBuffer bytes) {
    int from = bytes.position();
    int most = plain.feed().largestRunBytes();
    if (bytes.remaining() <= most) {
      return bytes.limit();
    }
    int lineFeed = LineFeeds.lastIndexOf(bytes, from, from + most);
    return lineFeed < 0 ? bytes.limit() : lineFeed + 1;
  }

  /** By how much a line grows in the encodings that somebody follows, whatever is in it. */
  private long largestGrowthBytes() {
    long most = 0;
    List<Edition> now = all;
    for (int i = 1; i < now.size(); i++) {
      if (now.get(i).isFollowed()) {
        most = Math.max(most, now.get(i).encoding().encodedBytes(0, 1, Long.MAX_VALUE));
      }
    }
    return most;
  }

  /**
   * Makes room for lines in every encoding before they get their numbers: they enter all editions,
   * or none. Append section only.
   *
   * @throws IllegalArgumentException if these are more than {@link #portionOf} lets in at once
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
    Head before = plain.feed().written();
    List<Edition> now = all;
    for (int i = 0; i < now.size(); i++) {
      if (isFilled(now.get(i))) {
        now.get(i).append(batch, firstLine);
      }
    }
    long nanos = System.nanoTime();
    times.onAccepted(before, nanos);
    for (int i = 0; i < now.size(); i++) {
      now.get(i).publish(nanos);
    }
  }

  /**
   * Makes room for word of void numbers in every encoding, as {@link #reserve}. Append section
   * only.
   */
  void reserveVoid(long first, long last) {
    filled().forEach(edition -> edition.reserveVoid(first, last));
  }

  /** No line has these numbers: as {@link #append}, with nothing to deliver. */
  void appendVoid(long first, long last) {
    filled().forEach(edition -> edition.appendVoid(first, last));
    filled().forEach(edition -> edition.feed().publish());
  }

  private Stream<Edition> filled() {
    return all.stream().filter(this::isFilled);
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
