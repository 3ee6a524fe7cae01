package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender with a name, who repeats what was not acknowledged until it is. One thread, which ends
 * when it is told to.
 */
final class PersistentSender implements Runnable {

  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private final String name;
  private final InetSocketAddress address;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final long seed;
  private volatile boolean ending;
  private long acknowledged;

  /** Up to which number it sends before it wants more. */
  private long wanted;

  PersistentSender(String name, InetSocketAddress address, Ledger ledger, long seed) {
    this.name = name;
    this.address = address;
    this.ledger = ledger;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** It ends once the window that it has at hand is acknowledged. */
  void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (hasMore()) {
      try (Wire wire = new Wire(address, "listen=no publisher=" + name)) {
        while (hasMore()) {
          sendUpTo(wanted, wire);
        }
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  /** Whether there are lines to send; wants some more if all are acknowledged. */
  private boolean hasMore() {
    if (acknowledged == wanted && !ending) {
      wanted += 1 + random.nextInt(200);
    }
    return acknowledged < wanted;
  }

  private void sendUpTo(long last, Wire wire) throws IOException {
    StringBuilder sends = new StringBuilder();
    for (long number = acknowledged + 1; number <= last; number++) {
      sends.append("SEND ").append(number).append(' ').append(text(number)).append('\n');
    }
    wire.say(sends.toString());
    while (acknowledged < last) {
      onAnswer(wire.hear());
    }
  }

  private void onAnswer(String answer) throws IOException {
    String[] words = answer.split(" ", -1);
    long number = acknowledged + 1;
    if (!words[0].equals("SENT") || Long.parseLong(words[1]) != number) {
      ledger.onTrouble(name + ": for number " + number + " it was told '" + answer + "'");
      throw new IOException(answer);
    }
    ledger.onSent(text(number), Long.parseLong(words[2]));
    acknowledged = number;
  }

  /** The same for a number, whenever it is asked for. */
  private String text(long number) {
    int padding = new SplittableRandom(seed + number).nextInt(150);
    return name + " " + number + " " + "x".repeat(padding);
  }
}
