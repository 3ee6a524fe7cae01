package io.linecast.core;

import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.Optional;

/**
 * Where an acknowledged listener begins to hear.
 *
 * @param line the last line before that
 * @param gap what it asked for and will never hear
 */
record StartPlace(long line, Optional<Gap> gap) {

  /**
   * Finds it.
   *
   * @param epoch the numbering that a number belongs to, if the client says
   * @param current the channel's numbering
   * @param last the last line accepted
   * @param oldest the oldest line kept; {@code last + 1} if there is none
   * @throws RefusedException if there is no such place
   */
  static StartPlace of(From from, Optional<String> epoch, String current, long last, long oldest) {
    return switch (from) {
      case From.New now -> new StartPlace(last, Optional.empty());
      case From.Oldest all -> new StartPlace(oldest - 1, Optional.empty());
      case From.Last some ->
          new StartPlace(Math.max(oldest - 1, last - some.lines()), Optional.empty());
      case From.Line number when epoch.isPresent() && !epoch.get().equals(current) ->
          new StartPlace(
              oldest - 1, Optional.of(new Gap(number.line(), Long.MAX_VALUE, GapReason.EPOCH)));
      case From.Line number -> at(number.line(), last, oldest);
      case From.Since time -> throw keepsNoTimes(); // or it would have been found out before
    };
  }

  static RefusedException keepsNoTimes() {
    return new RefusedException(Code.BAD_HELLO, "from cannot be a time: this journal keeps none");
  }

  private static StartPlace at(long line, long last, long oldest) {
    if (line > last + 1) {
      throw new RefusedException(
          Code.BAD_NUMBER, "line " + line + " is beyond the next one, " + (last + 1));
    }
    if (line < oldest) {
      return new StartPlace(oldest - 1, Optional.of(new Gap(line, oldest - 1, GapReason.EXPIRED)));
    }
    return new StartPlace(line - 1, Optional.empty());
  }
}
