package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;

/** A listener who goes on where it was, server after server. */
final class PersistentListener implements Party {

  private final InetSocketAddress address;
  private final Ledger ledger;
  private volatile boolean ending;

  /** Written by its thread, looked at by the test's; so is the next one. */
  private volatile long heard;

  private volatile int connections;
  private String epoch = "";

  PersistentListener(InetSocketAddress address, Ledger ledger) {
    this.address = address;
    this.ledger = ledger;
  }

  /** How many lines it has heard. */
  long heard() {
    return heard;
  }

  /** How often it was let in. */
  int connections() {
    return connections;
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      String from = epoch.isEmpty() ? "from=oldest" : "from=" + (heard + 1) + " epoch=" + epoch;
      try (Wire wire = new Wire(address, from)) {
        onLetIn(wire.answered("epoch"));
        while (!ending) {
          onLine(wire.hear());
        }
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void onLetIn(String newEpoch) {
    connections++;
    if (!epoch.isEmpty() && !epoch.equals(newEpoch)) {
      ledger.onTrouble("the numbering has become another: " + newEpoch + " after " + epoch);
    }
    epoch = newEpoch;
  }

  private void onLine(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words[0].equals("LINE") && Long.parseLong(words[1]) == heard + 1) {
      long number = heard + 1;
      ledger.onHeard(number, words[2]);
      heard = number;
    } else if (line.startsWith("BYE shutting-down")) {
      throw new IOException(line);
    } else {
      ledger.onTrouble("behind line " + heard + " came '" + line + "'");
      ending = true;
    }
  }
}
