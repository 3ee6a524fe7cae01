package io.linecast.cli;

import java.util.Optional;

/**
 * What a person who chats sees and types on. Everything but {@link #read} is safe from any thread.
 */
interface ChatScreen extends AutoCloseable {

  /** Waits for what is typed next; empty when there will be no more. For one thread. */
  Optional<String> read();

  /**
   * Whether a line that begins with a slash is a command: where it is certain that it was typed.
   */
  boolean takesCommands();

  /** How many lines were too long to be read. */
  long unread();

  /**
   * Shows somebody else's line.
   *
   * @return false if nobody is there any more to see it
   */
  boolean heard(String line);

  /** Shows one's own line, which is not acknowledged yet and takes its time. */
  void onItsWay(String line);

  /** Shows that one's own line is acknowledged. */
  void said(String line);

  /** Shows words of the program's own. */
  void note(String words);

  /** Shows words of the program's own that matter. */
  void warn(String words);

  @Override
  void close();
}
