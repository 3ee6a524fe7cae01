package io.linecast.client;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.HelloAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has heard, and so where it goes on after a lost connection. It knows that of the
 * latest numberings, not of one alone: of several servers each may have its own, and a client that
 * comes back to one is sent everything that one still has. The reading thread's own.
 */
final class Hearing {

  private static final long UNKNOWN = 0;
  private static final int KNOWN_EPOCHS = 16;

  private final From first;
  private Optional<String> epoch;
  private long next = UNKNOWN;

  /** Lines of this numbering below this one were heard before. */
  private long fresh = UNKNOWN;

  /** What was next in numberings that were left, the latest last. */
  private final Map<String, Long> left = new LinkedHashMap<>();

  /**
   * Nothing heard yet.
   *
   * @param first where to begin
   * @param epoch the numbering of a number in {@code first}; empty: the server's present one
   */
  Hearing(From first, Optional<String> epoch) {
    this.first = first;
    this.epoch = epoch;
  }

  /** What to say in a hello. */
  From from() {
    return next == UNKNOWN ? first : new From.Line(Math.max(next, fresh));
  }

  /** Behind which line hearing goes on; empty while only a line can tell. */
  Optional<Position> place() {
    return next == UNKNOWN || epoch.isEmpty()
        ? Optional.empty()
        : Optional.of(new Position(epoch.get(), Math.max(next, fresh) - 1));
  }

  /** What to say in a hello with it. */
  Optional<String> epoch() {
    return epoch;
  }

  /**
   * A server has said ok: what was asked for in words becomes a number that a second ask can name.
   */
  void begin(HelloAnswer answer) {
    if (next != UNKNOWN) {
      return;
    }
    if (first instanceof From.Line line) {
      next = line.line();
    } else if (first instanceof From.New) {
      next = answer.next();
    } else if (first instanceof From.Oldest) {
      next = answer.oldest();
    } else if (first instanceof From.Last last) {
      next = Math.max(answer.oldest(), answer.next() - last.lines());
    } // else a time: the first line will tell
    if (epoch.isEmpty()) {
      epoch = Optional.of(answer.epoch());
    }
  }

  /**
   * A line has come.
   *
   * @return null if it was heard before this numbering was left
   * @throws ClientException if it has come before, or none could come behind it
   */
  @Nullable Line line(long seq, byte[] bytes) {
    if (seq < next || seq == Long.MAX_VALUE) {
      throw backwards("line " + seq);
    }
    next = seq + 1;
    return seq < fresh ? null : new Line(seq, epoch.orElse(""), bytes);
  }

  /**
   * Lines will not come.
   *
   * @param now the answer of the server that says so
   * @return null if they were heard before this numbering was left
   * @throws ClientException if they have come before
   */
  @Nullable Gap gap(long from, long last, GapReason reason, HelloAnswer now) {
    String ended = epoch.orElse("");
    if (reason == GapReason.EPOCH) {
      comeTo(now);
      long heard = Math.max(next, fresh) - 1;
      return new Gap(from, last, reason, ended, new Position(now.epoch(), heard));
    }
    if (last < from || last < next || last == Long.MAX_VALUE) {
      throw backwards("the gap " + from + " to " + last);
    }
    next = last + 1;
    return last < fresh
        ? null
        : new Gap(Math.max(from, fresh), last, reason, ended, new Position(ended, last));
  }

  private void comeTo(HelloAnswer now) {
    epoch.ifPresent(
        old -> {
          left.remove(old);
          left.put(old, Math.max(next, fresh));
        });
    if (left.size() > KNOWN_EPOCHS) {
      left.remove(left.keySet().iterator().next());
    }
    epoch = Optional.of(now.epoch());
    next = now.oldest();
    fresh = left.getOrDefault(now.epoch(), UNKNOWN);
  }

  private ClientException backwards(String what) {
    return new ClientException(
        ClientException.Reason.PROTOCOL,
        "the server has sent " + what + " when line " + next + " was next");
  }
}
