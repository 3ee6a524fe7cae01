package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Loop;
import io.linecast.protocol.AckLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is in a channel, as it looks from outside: for how many a line is, and who has it. */
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"}) // counts by occasion; that member
final class Attendance {

  /** Those whom the engine gives lines. */
  private final List<SimulatedMember> present = new ArrayList<>();

  /** Acknowledged connections, those that do not listen and those on their way in too. */
  private final List<AckClient> acknowledged = new ArrayList<>();

  private final long[] occasions = new long[Occasion.values().length];

  /** Lines from this one on were left undone by somebody whom the server sent away. */
  private long undoneFrom = Long.MAX_VALUE;

  /** Something has happened here. */
  void note(Occasion occasion) {
    occasions[occasion.ordinal()]++;
  }

  /** How often something has happened. */
  long times(Occasion occasion) {
    return occasions[occasion.ordinal()];
  }

  List<SimulatedMember> present() {
    return present;
  }

  List<AckClient> acknowledged() {
    return acknowledged;
  }

  /** The server stops: acknowledged connections on a loop get what is outstanding. */
  void stop(Loop loop) {
    for (AckClient client : List.copyOf(acknowledged)) {
      if (client.loop() == loop) {
        client.shutDown();
      }
    }
  }

  /** Somebody whom the server has sent away goes, and is done with so many lines. */
  void leaveUndone(long lines) {
    undoneFrom = Math.min(undoneFrom, lines);
  }

  /** Everybody: those present, and those who do not listen. */
  Stream<SimulatedMember> all() {
    return Stream.concat(present.stream(), acknowledged.stream());
  }

  /** For how many clients beside its sender a line is that is accepted now. */
  int hearersBeside(SimulatedMember sender) {
    int hearers = 0;
    for (SimulatedMember member : present) {
      boolean hears = !member.isObserver() && !member.expectation().isFinishing();
      hearers += hears && member != sender ? 1 : 0;
    }
    for (AckClient client : acknowledged) {
      hearers += client.isArriving() ? 1 : 0;
    }
    return hearers;
  }

  /** Whoever a line is for, but its sender, really has it, or has dealt with it. */
  void checkReached(int line, @Nullable SimulatedMember sender, AckClient self, boolean done) {
    unless(!done || line < undoneFrom, "%s: told of line %d, left undone", self, line + 1);
    for (SimulatedMember member : present) {
      if (member != self && isFor(member, line, sender)) {
        unless(
            member.socket().hasSent(line) && (!done || member.isDoneWith(line)),
            "%s: told of line %d, which %s %s",
            self,
            line + 1,
            member,
            member.socket().hasSent(line) ? "is not done with" : "has not got");
      }
    }
    for (AckClient client : acknowledged) {
      unless(
          !client.isArriving() || client.linesBefore() > line,
          "%s: told of line %d, while %s is on its way in",
          self,
          line + 1,
          client);
    }
  }

  private static boolean isFor(SimulatedMember member, int line, @Nullable SimulatedMember sender) {
    return !member.isObserver()
        && !member.isOver()
        && member.linesBefore() <= line
        && member.expectation().isBeforeEnd(line)
        && (sender == null || !member.isOwn(line, sender));
  }

  /** Where no loop has anything to do, nobody waits but for somebody. */
  void checkNobodyWaitsInVain() {
    for (AckClient client : acknowledged) {
      int line = client.waitsForLine();
      unless(
          line < 0 || present.stream().anyMatch(other -> holdsUp(other, line, client)),
          "%s: waits for nobody at line %d",
          client,
          line + 1);
    }
  }

  private static boolean holdsUp(SimulatedMember other, int line, AckClient waiting) {
    if (other == waiting || other.isObserver() || other.linesBefore() > line) {
      return false;
    }
    boolean undone = waiting.answers().level() == AckLevel.DONE && !other.isDoneWith(line);
    if (other.isOver()) {
      return undone && isAtWork(other);
    }
    return undone || other.expectation().isFinishing() || !other.socket().hasSent(line);
  }

  /** Whether it has heard everything, and is still given time to say that it is done. */
  private static boolean isAtWork(SimulatedMember member) {
    return member instanceof AckClient listener
        && listener.end().isSentAway()
        && !listener.hasEnded();
  }
}
