package io.linecast.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that is lost, or could not be made: another one can be tried. */
final class LostException extends IOException {

  private static final long serialVersionUID = 1;

  private final Next next;

  /** What to try. */
  enum Next {
    /** This server, which knows the client, before others. */
    SAME_SERVER,
    /** Another one first: this one is stopping, or full. */
    OTHER_SERVER,
    /** Whatever it is, it does not answer a hello. */
    DUMB_SERVER,
    /** This server, if it was a late hello of the client's own that has taken its name. */
    SUPERSEDED
  }

  LostException(Next next, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.next = next;
  }

  Next next() {
    return next;
  }
}
