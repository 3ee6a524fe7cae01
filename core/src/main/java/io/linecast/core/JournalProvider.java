package io.linecast.core;

/** A kind of journal. Found by {@link java.util.ServiceLoader}. */
public interface JournalProvider {

  /** What comes before the colon in {@code --journal}. */
  String scheme();

  /**
   * Opens the place where channels' journals are.
   *
   * @throws JournalException if that cannot be done; the message says what to do
   */
  Journals open(JournalOptions options);

  /**
   * As above, where others may write lines too.
   *
   * @param maxLineBytes the longest line, with its line feed; longer ones are none
   */
  default Journals open(JournalOptions options, int maxLineBytes) {
    return open(options);
  }
}
