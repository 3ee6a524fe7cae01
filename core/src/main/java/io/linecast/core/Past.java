package io.linecast.core;

import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.LineFeeds;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel's lines as its journal keeps them, for whoever begins before its feeds do. */
public final class Past {

  private static final System.Logger LOG = System.getLogger(Past.class.getName());

  /** How many lines are looked at first to find out how many fill a feed. */
  private static final long FIRST_LOOK_LINES = 64;

  /** Shorter than clients have patience with a server. */
  private static final Duration BEHIND = Duration.ofSeconds(5);

  private final LineChannel channel;
  private final Journal journal;
  private final Archive archive;
  private final Awaited awaited;

  /** Append section only. */
  private final Map<LineEncoding, Shelf> shelves = new HashMap<>();

  Past(LineChannel channel, Journal journal, Archive archive) {
    this.channel = channel;
    this.journal = journal;
    this.archive = archive;
    this.awaited = new Awaited(this::last, BEHIND);
  }

  private long last() {
    return channel.feed().head().line();
  }

  /**
   * The oldest line that can be had. From any thread.
   *
   * @param oldest the oldest that the feed has
   */
  long oldest(long oldest) {
    return Math.min(oldest, Math.max(1, journal.history().oldest()));
  }

  /**
   * Where its lines are read in an encoding; null if the journal keeps none. Append section only.
   */
  @Nullable Shelf in(LineEncoding encoding) {
    return journal.history().equals(History.NONE)
        ? null
        : shelves.computeIfAbsent(encoding, its -> new Shelf(archive, channel, its));
  }

  /** Whether a client may begin at a time. From any thread. */
  public boolean keepsTimes() {
    return journal.history().hasTimes();
  }

  /**
   * Whether a client cannot begin there yet, and the place must be {@linkplain #find found} first:
   * it is a time, or a number that another server has, and this one has not got to. From any
   * thread.
   *
   * @param epoch the numbering that a number belongs to, if the client says
   */
  public boolean isToBeFound(From from, Optional<String> epoch) {
    return switch (from) {
      case From.Since time -> true;
      case From.Line number ->
          number.line() > last() + 1
              && journal.isShared()
              && epoch.filter(journal.epoch()::equals).isPresent();
      case From.New now -> false;
      case From.Oldest all -> false;
      case From.Last some -> false;
    };
  }

  /**
   * Finds out which line a time means, for a client that is to begin there: the journal may have to
   * be read for it; or waits until the line before a number is there. Calls back on the loop,
   * later, unless that has ended by then. From any thread.
   *
   * @param found takes a place in the present numbering
   * @param failed takes why that cannot be found out
   * @throws RefusedException if the journal keeps no times
   */
  public void find(From from, Loop loop, Consumer<From> found, Consumer<RefusedException> failed) {
    if (from instanceof From.Since time) {
      if (!keepsTimes()) {
        throw StartPlace.keepsNoTimes();
      }
      archive.readers().execute(() -> loop.execute(search(time.time(), found, failed)));
    } else if (from instanceof From.Line number) {
      awaited.add(
          number.line() - 1,
          () -> loop.execute(() -> found.accept(from)),
          () -> loop.execute(() -> failed.accept(behind(number.line()))));
    } else {
      throw new IllegalArgumentException("nothing is to be found: " + from);
    }
  }

  private RefusedException behind(long line) {
    return new RefusedException(
        Code.JOURNAL, "this server has not got to line " + line + " yet, but to " + last());
  }

  /** By a reader. */
  private Runnable search(Instant time, Consumer<From> found, Consumer<RefusedException> failed) {
    try {
      // Before the search: whatever is accepted meanwhile is no earlier.
      long next = channel.feed().head().line() + 1;
      long line = Math.clamp(journal.history().lineAt(time), 1, next);
      return () -> found.accept(new From.Line(line));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, channel.name() + ": the journal cannot be read now: " + e);
      String text = "the journal cannot be read now";
      return () -> failed.accept(new RefusedException(Code.JOURNAL, text));
    }
  }

  /**
   * Fills a feed with the newest lines, as far as so many bytes go: who joins soon needs no disk.
   * Before anybody comes.
   */
  void fill(Feed feed, long mostBytes) {
    long last = journal.lastLine();
    if (last == 0) {
      return;
    }
    feed.restart(last);
    if (journal.history().oldest() <= last) {
      readBack(last, mostBytes, feed);
    }
    channel.editions().onHeadMoved(); // or else sweeps would seem to be late by all that
  }

  private void readBack(long last, long mostBytes, Feed feed) {
    ByteBuffer run =
        ByteBuffer.allocateDirect(feed.largestRunBytes()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      long first = firstOf(last, mostBytes, run);
      feed.restart(first - 1);
      append(first, last, run, feed);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, channel.name() + ": the newest lines cannot be read now", e);
    }
    if (feed.written().line() != last) {
      feed.restart(last);
    }
    feed.publish();
  }

  /**
   * Where the newest lines begin that have so many bytes at most: found by looking ever further.
   */
  private long firstOf(long last, long mostBytes, ByteBuffer run) throws IOException {
    long oldest = oldest(last + 1);
    long first = last + 1;
    long bytes = 0;
    for (long look = FIRST_LOOK_LINES; first > oldest; look *= 2) {
      long further = Math.max(oldest, first - look);
      bytes += bytesOf(further, first - 1, mostBytes - bytes, run);
      if (bytes > mostBytes) {
        break;
      }
      first = further;
    }
    return first;
  }

  /** How many bytes lines have; more than enough if they are not all there, or too long. */
  private long bytesOf(long first, long last, long enough, ByteBuffer run) throws IOException {
    long bytes = 0;
    for (long line = first; line <= last && bytes <= enough; ) {
      History.Stretch read = journal.history().read(line, last, run.clear());
      if (isTooLongOrExpired(read, line)) {
        return enough + 1;
      }
      bytes += run.position();
      line = read.last() + 1;
    }
    return bytes;
  }

  private void append(long first, long last, ByteBuffer run, Feed feed) throws IOException {
    for (long line = first; line <= last; ) {
      History.Stretch read = journal.history().read(line, last, run.clear());
      if (isTooLongOrExpired(read, line)) {
        throw new IOException("line " + line + " has gone meanwhile");
      }
      appendVoid(Math.min(read.first(), last + 1) - line, feed);
      append(read, run.flip(), feed);
      line = read.last() + 1;
    }
  }

  private boolean isTooLongOrExpired(History.Stretch read, long line) {
    return read.first() > line
        ? journal.history().oldest() > line
        : read.lines() == 0 || read.first() < line;
  }

  private static void append(History.Stretch read, ByteBuffer run, Feed feed) {
    int lines = 0;
    for (History.Hole hole : read.holes()) {
      append(run, LineFeeds.endOf(run, run.position(), hole.behindLines() - lines), feed);
      lines = hole.behindLines();
      appendVoid(hole.numbers(), feed);
    }
    append(run, run.limit(), feed);
  }

  private static void append(ByteBuffer run, int end, Feed feed) {
    ByteBuffer lines = run.slice(run.position(), end - run.position());
    if (lines.hasRemaining()) {
      feed.reserve(lines.remaining());
      feed.append(lines, LineFeeds.count(run, run.position(), end));
      run.position(end);
    }
  }

  private static void appendVoid(long numbers, Feed feed) {
    if (numbers > 0) {
      feed.appendVoid(ByteBuffer.allocate(0), numbers);
    }
  }
}
