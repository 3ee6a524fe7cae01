package io.linecast.core;

/** A channel after a restart: its journal has lines that no feed has. */
final class KeptChannel {

  static final int KEPT = 10_000;

  private KeptChannel() {}

  static OneLoopChannel restarted(FakeHistory history, SlowPolicy policy, long archiveBytes) {
    for (int i = 1; i <= KEPT; i++) {
      history.add(text(i));
    }
    return new OneLoopChannel(policy, new KeepingJournal(history), archiveBytes);
  }

  /** A line as it is. */
  static String text(int line) {
    return "text of " + line + "\n";
  }

  /** Lines as they are heard with their numbers. */
  static String heard(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append("LINE ").append(i).append(' ').append(text(i));
    }
    return text.toString();
  }
}
