package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;

/**
 * A listener who goes on where it was, server after server. One thread, which ends when it has been
 * told to.
 */
final class PersistentListener implements Runnable {

  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final InetSocketAddress address;
  private final Ledger ledger;
  private volatile boolean ending;
  private volatile long heard;
  private String epoch = "";

  PersistentListener(InetSocketAddress address, Ledger ledger) {
    this.address = address;
    this.ledger = ledger;
  }

  /** How many lines it has heard. */
  long heard() {
    return heard;
  }

  void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      String from = epoch.isEmpty() ? "from=oldest" : "from=" + (heard + 1) + " epoch=" + epoch;
      try (Wire wire = new Wire(address, from)) {
        requireEpoch(wire.answered("epoch"));
        while (!ending) {
          onLine(wire.hear());
        }
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  private void requireEpoch(String now) {
    if (!epoch.isEmpty() && !epoch.equals(now)) {
      ledger.onTrouble("the numbering has become another: " + now + " after " + epoch);
    }
    epoch = now;
  }

  private void onLine(String line) {
    String[] words = line.split(" ", 3);
    if (words[0].equals("LINE") && Long.parseLong(words[1]) == heard + 1) {
      long number = heard + 1;
      ledger.onHeard(number, words[2]);
      heard = number;
    } else {
      ledger.onTrouble("behind line " + heard + " came '" + line + "'");
      ending = true;
    }
  }
}
