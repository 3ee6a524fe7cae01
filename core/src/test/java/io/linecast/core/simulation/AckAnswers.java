package io.linecast.core.simulation;

import io.linecast.core.ProgressBoard;
import io.linecast.core.simulation.Request.Answer;
import io.linecast.protocol.AckLevel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What an acknowledged connection is answered: in the order in which it asked, and in time. */
final class AckAnswers {

  private static final int NONE = -1;

  private final AckClient client;
  private final AckLevel level;
  private final ArrayDeque<Answer> waiting = new ArrayDeque<>();
  private final ArrayDeque<Answer> said = new ArrayDeque<>();

  /** The first that waits, and so all behind it, will never be said. */
  private boolean hopeless;

  AckAnswers(AckClient client, AckLevel level) {
    this.client = client;
    this.level = level;
  }

  AckLevel level() {
    return level;
  }

  void add(Answer answer) {
    waiting.add(answer);
  }

  /** Whether none will be said any more, as things are. */
  boolean isEmpty() {
    return hopeless || waiting.isEmpty();
  }

  /** The index of the line whose answer is waited for; -1 if none is. */
  int waitsForLine() {
    return isEmpty() ? NONE : (int) waiting.element().line() - 1;
  }

  /** The next answer that the client has not read; null if there is none. */
  @Nullable Answer next() {
    return said.poll();
  }

  /** Says what can be said by now, and no more. */
  void sayReached(ProgressBoard board) {
    long reached =
        switch (level) {
          case ACCEPTED, STORED -> Long.MAX_VALUE;
          case WRITTEN -> board.written(client.subscriber());
          case DONE -> board.done(client.subscriber());
        };
    while (!waiting.isEmpty() && waiting.element().line() <= reached) {
      say(waiting.remove());
    }
    if (!isEmpty()) {
      client.note(Occasion.WAITED);
    }
  }

  /**
   * Waits no more for what will never be done, because the server stops and those who were to do it
   * left.
   */
  void giveUpHopeless(ProgressBoard board) {
    if (level == AckLevel.DONE && !isEmpty() && waiting.element().line() > board.undoneBehind()) {
      client.note(Occasion.HOPELESS);
      hopeless = true;
    }
  }

  private void say(Answer answer) {
    int line = (int) answer.line() - 1;
    if (line >= 0 && level.compareTo(AckLevel.WRITTEN) >= 0) {
      client.note(level == AckLevel.DONE ? Occasion.DONE : Occasion.WRITTEN);
      SimulatedMember sender = client.channel().transcript().sender(line);
      boolean done = level == AckLevel.DONE;
      client.channel().attendance().checkReached(line, sender, client, done);
    }
    said.add(answer);
  }
}
