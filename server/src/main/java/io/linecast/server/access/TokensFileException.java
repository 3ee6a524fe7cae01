package io.linecast.server.access;

/**
 * What is wrong with a tokens file, and in which line. Never says what stands there: it may be a
 * secret that somebody has pasted.
 */
public final class TokensFileException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TokensFileException(int line, String text) {
    super("line " + line + ": " + text);
  }

  TokensFileException(String text) {
    super(text);
  }
}
