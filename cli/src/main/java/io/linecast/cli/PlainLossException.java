package io.linecast.cli;

import java.io.IOException;

/** A plain connection was lost, and what was under way on it with it. */
final class PlainLossException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PlainLossException(IOException cause) {
    super(
        "the connection is lost (" + cause.getMessage() + "); how much has arrived nobody says",
        cause);
  }
}
