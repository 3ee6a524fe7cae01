package io.linecast.load;

/** What was asked for makes no sense; the message is for the person who asked. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
