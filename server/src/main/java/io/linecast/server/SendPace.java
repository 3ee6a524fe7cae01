package io.linecast.server;

import io.linecast.protocol.LineFeeds;
import io.linecast.server.limit.TokenBucket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast a client may send lines: what it has taken so far, and how long it is read no further
 * then. There is one only where there is a limit. Owned by the connection's loop.
 */
final class SendPace {

  /** What has become free until then goes on together: a timer for each line would cost more. */
  private static final long PAUSE_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final LineListener listener;
  private final ServerLoop loop;
  private final LineInput input;
  private final TokenBucket lines;
  private final TokenBucket bytes;

  /** When the clock was last looked at; and what was left then, less what was taken since. */
  private long now;

  private long linesLeft;
  private long bytesLeft;

  private SendPace(LineListener listener, ServerLoop loop, LineInput input) {
    LimitOptions limits = listener.options().limits();
    this.listener = listener;
    this.loop = loop;
    this.input = input;
    this.now = System.nanoTime();
    this.lines = new TokenBucket(limits.linesRate(), now);
    this.bytes = new TokenBucket(limits.bytesRate(), now);
  }

  /** A client's own; null if it may send as fast as it likes. */
  static @Nullable SendPace of(LineListener listener, ServerLoop loop, LineInput input) {
    return listener.options().limits().limitsSending() ? new SendPace(listener, loop, input) : null;
  }

  /** Looks at the clock, once for all the lines of a read. */
  void look() {
    now = System.nanoTime();
    linesLeft = lines.left(now);
    bytesLeft = bytes.left(now);
  }

  /** Whether nothing may be sent before the clock has gone on. */
  boolean isSpent() {
    return linesLeft <= 0 || bytesLeft <= 0;
  }

  /** Takes so much, which may be more than is left. */
  void take(int lineCount, int byteCount) {
    lines.take(lineCount, now);
    bytes.take(byteCount, now);
    linesLeft -= lineCount;
    bytesLeft -= byteCount;
  }

  /**
   * Takes as many of a run's lines as may be sent now, and ends the run behind these; the input
   * keeps the others.
   *
   * @return how many
   */
  int admit(ByteBuffer run, int lineCount) {
    look();
    int start = run.position();
    int limit = run.limit();
    int end = limit;
    int admitted = lineCount;
    if (lineCount > linesLeft || limit - start > bytesLeft) {
      end = start;
      for (admitted = 0; end < limit && admitted < linesLeft && end - start < bytesLeft; ) {
        end = LineFeeds.indexOf(run, end, limit) + 1;
        admitted++;
      }
    }
    take(admitted, end - start);
    if (end < limit) {
      input.keep(run.position(end), lineCount - admitted);
      pause();
    }
    run.limit(end).position(start);
    return admitted;
  }

  /** So much was thrown away. */
  void onDiscarded(int lineCount, int byteCount) {
    look();
    take(lineCount, byteCount);
    pauseIfSpent();
  }

  /** Has the client read no further, if it has taken all that there is. */
  void pauseIfSpent() {
    if (isSpent()) {
      pause();
    }
  }

  /** Has it read no further until it may send something. */
  void pause() {
    if (input.isDone() || input.isPausedFor(Pause.RATE)) {
      return;
    }
    tell();
    input.pause(Pause.RATE);
    long wait = Math.max(lines.waitNanos(now), bytes.waitNanos(now));
    loop.eventLoop().schedule(this::goOn, Math.max(wait, PAUSE_MIN_NANOS), TimeUnit.NANOSECONDS);
  }

  /** The client has sent too fast. */
  void tell() {
    Limit reached = linesLeft <= 0 ? Limit.MAX_LINES_RATE : Limit.MAX_BYTES_RATE;
    listener.connections().limited().reached(reached, input.client());
  }

  private void goOn() {
    if (!input.isDone()) {
      input.resume(Pause.RATE);
    }
  }
}
