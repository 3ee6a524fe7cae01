package io.linecast.core.simulation;

import io.linecast.core.CloseReason;

/**
 * How an acknowledged connection ends, as a server would have it: its client wants no more, or the
 * server stops; what is outstanding is answered and heard; then it is closed. Only a listener that
 * the server sends away may be at work still: it stays until it has said so, or goes.
 */
final class AckEnd {

  private static final int NEVER = -1;

  private final AckClient client;
  private boolean quitting;
  private boolean stopping;
  private boolean allHeard;
  private boolean ended;

  /** Before which line another connection took its name; none has. */
  private int supersededAt = NEVER;

  AckEnd(AckClient client) {
    this.client = client;
  }

  /** The client wants no more: nobody waits for it. */
  boolean isQuitting() {
    return quitting;
  }

  /** The server stops. */
  boolean isStopping() {
    return stopping;
  }

  /** The connection is closed, or about to be. */
  boolean hasEnded() {
    return ended;
  }

  /** Another connection has its name now: lines behind so many are not for it. */
  void onSuperseded(int lines) {
    supersededAt = lines;
    finishIfSuperseded();
  }

  boolean isSuperseded() {
    return supersededAt != NEVER;
  }

  /** It may have been, before it was known what it expects. */
  void finishIfSuperseded() {
    if (isSuperseded() && client.expectation() != null) {
      client.expectFinish(supersededAt, CloseReason.SUPERSEDED);
    }
  }

  /** Whether what it leaves undone when it goes is undone for ever. */
  boolean isSentAway() {
    return stopping && !quitting && !isSuperseded() && client.isPresent();
  }

  /** Whether it may go now, though it was sent away with lines to be done with. */
  boolean isOnItsOwn() {
    return !ended && isAtWork() && allHeard && client.answers().isEmpty();
  }

  private boolean isAtWork() {
    return isSentAway() && !client.isDoneWith(client.channel().transcript().lines() - 1);
  }

  /** Its part ends, but for what is outstanding. */
  void quit() {
    quitting = true;
    client.dropInput();
    if (client.isPresent()) {
      client.subscriber().sweep().onMemberProgress();
    } else {
      allHeard = true;
    }
  }

  void shutDown() {
    stopping = true;
    if (client.isPresent()) {
      client.finish(quitting ? CloseReason.FINISHED : CloseReason.SHUTTING_DOWN);
    } else {
      allHeard = true;
    }
  }

  /** Everything that it was to hear has been handed to its socket. */
  void onAllHeard() {
    allHeard = true;
    closeIfDone();
  }

  void closeIfDone() {
    if (allHeard && client.answers().isEmpty() && !isAtWork()) {
      close();
    }
  }

  void close() {
    if (!ended) {
      ended = true;
      client.socket().closeHere();
    }
  }

  /** It was closed otherwise, or never let in. */
  void noteEnd() {
    ended = true;
  }
}
