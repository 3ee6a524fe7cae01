package io.linecast.client;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.HelloAnswer;
import java.util.Optional;

/**
 * How far a client has heard, and so where it goes on after a lost connection. The reading thread's
 * own.
 */
final class Hearing {

  private static final long UNKNOWN = 0;

  private final From first;
  private Optional<String> epoch;
  private long next = UNKNOWN;

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
    return next == UNKNOWN ? first : new From.Line(next);
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
   * @throws ClientException if it has come before
   */
  Line line(long seq, byte[] bytes) {
    if (seq < next) {
      throw backwards("line " + seq);
    }
    next = seq + 1;
    return new Line(seq, epoch.orElse(""), bytes);
  }

  /**
   * Lines will not come.
   *
   * @param now the answer of the server that says so
   * @throws ClientException if they have come before
   */
  Gap gap(long from, long last, GapReason reason, HelloAnswer now) {
    String ended = epoch.orElse("");
    if (reason == GapReason.EPOCH) {
      epoch = Optional.of(now.epoch());
      next = now.oldest();
      return new Gap(from, last, reason, ended, new Position(now.epoch(), now.oldest() - 1));
    }
    if (last < from || last < next || last == Long.MAX_VALUE) {
      throw backwards("the gap " + from + " to " + last);
    }
    next = last + 1;
    return new Gap(from, last, reason, ended, new Position(ended, last));
  }

  private ClientException backwards(String what) {
    return new ClientException(
        ClientException.Reason.PROTOCOL,
        "the server has sent " + what + " when line " + next + " was next");
  }
}
