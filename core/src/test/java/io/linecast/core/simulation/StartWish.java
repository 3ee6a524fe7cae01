package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Arrival;
import io.linecast.core.Gap;
import io.linecast.core.LineEncoding;
import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.Optional;
import java.util.SplittableRandom;

/** Where an acknowledged client wants to begin, and what must come of it. */
record StartWish(From from, Optional<String> epoch) {

  private static final String OTHER_EPOCH = "another";

  /**
   * Any of them.
   *
   * @param lines how many there are now
   * @param passed how many of them the client has dealt with before
   */
  static StartWish random(SplittableRandom random, int lines, int passed) {
    From from =
        switch (random.nextInt(10)) {
          case 0, 1 -> new From.New();
          case 2 -> new From.Oldest();
          case 3 -> new From.Last(1 + random.nextInt(2 + lines));
          case 4 -> new From.Line(1 + random.nextInt(2 + lines / (random.nextBoolean() ? 1 : 8)));
          case 5 -> new From.Line(lines + 1 + random.nextInt(2_000)); // often beyond the next
          default -> new From.Line(passed + 1);
        };
    boolean other = random.nextInt(12) == 0;
    return new StartWish(from, other ? Optional.of(OTHER_EPOCH) : Optional.empty());
  }

  static StartWish now() {
    return new StartWish(new From.New(), Optional.empty());
  }

  /** The same as the engine has it. */
  Arrival.Wish with(Optional<String> publisher, LineEncoding encoding) {
    return new Arrival.Wish(from, epoch, publisher, encoding, Long.MAX_VALUE);
  }

  void checkRefusal(SimulatedChannel channel, int lines, RefusedException refusal) {
    channel.attendance().note(Occasion.REFUSED);
    boolean isBeyond = epoch.isEmpty() && from instanceof From.Line it && it.line() > lines + 1;
    Code deserved =
        channel.isClosing() ? Code.SHUTTING_DOWN : isBeyond ? Code.BAD_NUMBER : Code.QUIT;
    unless(refusal.code() == deserved, "%s: refused: %s, %s", channel, this, refusal);
  }

  void checkArrival(SimulatedChannel channel, int lines, Arrival arrival, boolean listens) {
    int oldest = (int) arrival.oldest();
    unless(arrival.next() == lines + 1, "%s: next %d of %d", channel, arrival.next(), lines);
    unless(oldest >= 1 && oldest <= lines + 1, "%s: oldest %d of %d", channel, oldest, lines);
    int kept = oldest;
    while (kept > 1 && channel.transcript().isVoid(kept - 2)) {
      kept--; // nothing can be had there
    }
    unless(
        kept == 1
            || channel.past().hasExpired(kept - 1)
            || channel.transcript().bytesSince(kept - 1)
                > channel.measures().linesIn(channel.measures().windowBytes() / 2),
        "%s: keeps lines from %d of %d only",
        channel,
        oldest,
        lines);
    unless(
        !channel.past().keepsLines() || kept == 1 || channel.past().hasExpired(kept - 1),
        "%s: line %d is kept, but the oldest is %d",
        channel,
        oldest - 1,
        oldest);
    Optional<Gap> expected = listens ? gap(oldest) : Optional.empty();
    unless(arrival.gap().equals(expected), "%s: %s: %s", channel, this, arrival.gap());
    channel.attendance().note(Occasion.ARRIVED);
    boolean isOther = epoch.isPresent();
    expected.ifPresent(
        it -> channel.attendance().note(isOther ? Occasion.OTHER_EPOCH : Occasion.EXPIRED));
  }

  private Optional<Gap> gap(long oldest) {
    if (!(from instanceof From.Line number)) {
      return Optional.empty();
    }
    if (epoch.isPresent()) {
      return Optional.of(new Gap(number.line(), Long.MAX_VALUE, GapReason.EPOCH));
    }
    return number.line() < oldest
        ? Optional.of(new Gap(number.line(), oldest - 1, GapReason.EXPIRED))
        : Optional.empty();
  }

  /** After how many of the channel's lines hearing begins. */
  int linesBeforeStart(int lines, int oldest) {
    long before =
        switch (from) {
          case From.New now -> lines;
          case From.Last last -> lines - last.lines();
          case From.Line number -> epoch.isPresent() ? 0 : number.line() - 1;
          default -> 0;
        };
    return (int) Math.max(before, oldest - 1);
  }
}
