package io.linecast.server;

import io.netty.channel.socket.DuplexChannel;
import java.util.EnumSet;

/**
 * What a socket is read for unless there is a reason not to; there may be several at once. Owned by
 * the connection's loop.
 */
abstract class PausableInput {

  private final DuplexChannel socket;
  private final EnumSet<Pause> pauses = EnumSet.noneOf(Pause.class);

  PausableInput(DuplexChannel socket) {
    this.socket = socket;
  }

  /** There is no reason any more not to read. */
  abstract void goOn();

  final DuplexChannel socket() {
    return socket;
  }

  final boolean isPaused() {
    return !pauses.isEmpty();
  }

  final boolean isPausedFor(Pause reason) {
    return pauses.contains(reason);
  }

  /** The client is read no further until it is resumed for the same reason. */
  final void pause(Pause reason) {
    pauses.add(reason);
    socket.config().setAutoRead(false);
  }

  /** Goes on if there is no other reason not to. */
  final void resume(Pause reason) {
    if (!pauses.remove(reason) || isPaused()) {
      return;
    }
    boolean done = false;
    try {
      goOn();
      done = true;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /** What the client has not read need not be waited for any more: it is gone. */
  final void resumeForGood() {
    resume(Pause.ANSWERS_UNREAD);
    resume(Pause.UNANSWERED);
  }
}
