package io.linecast.server.tls;

/** A file for TLS that cannot be used; the message names it, and never tells what is in it. */
public final class TlsFileException extends Exception {

  private static final long serialVersionUID = 1L;

  TlsFileException(String message) {
    super(message);
  }

  TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
