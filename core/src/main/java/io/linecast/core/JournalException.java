package io.linecast.core;

/** A journal cannot be opened. The message says which, why, and what to do. */
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean usage;

  /**
   * As said.
   *
   * @param usage whether what was asked for makes no sense, however the machine is
   */
  public JournalException(boolean usage, String message, Throwable cause) {
    super(message, cause);
    this.usage = usage;
  }

  /** As said. */
  public JournalException(boolean usage, String message) {
    super(message);
    this.usage = usage;
  }

  /** Whether what was asked for makes no sense, however the machine is. */
  public boolean isUsage() {
    return usage;
  }
}
