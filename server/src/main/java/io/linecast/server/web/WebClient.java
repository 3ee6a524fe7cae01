package io.linecast.server.web;

import io.linecast.core.CloseReason;

/**
 * Somebody on the web port, as the server looks after it; tells its address as text. Called on the
 * connection's loop.
 */
public interface WebClient {

  /** Called four times a heartbeat: says something if nothing else was said. */
  default void tick() {}

  /** Ends if whose token it was let in with is nobody any more. */
  default void endIfRevoked() {}

  /** What is held for it beside the lines of a channel. */
  default long heldBytes() {
    return 0;
  }

  /** The server stops: does what is under way, then closes. */
  void shutDown();

  /** The server waits no longer. */
  void cutOff();

  /** Closes it at once. */
  void close(CloseReason reason);
}
