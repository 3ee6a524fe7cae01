package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A listener who goes on where it was, at any of some servers. */
final class RovingListener implements Party {

  private static final Duration SILENCE = Duration.ofMillis(2_500);

  /** The server ends, its journal fails, or this one was held up. */
  private static final List<String> LOST = List.of("BYE shutting-down", "BYE journal", "BYE idle");

  private final List<InetSocketAddress> addresses;
  private final SplittableRandom random;
  private final NumberedHearing hearing;
  private volatile boolean ending;
  private String epoch = "";

  RovingListener(List<InetSocketAddress> addresses, NumberedHearing hearing, long seed) {
    this.addresses = addresses;
    this.hearing = hearing;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      String from = epoch.isEmpty() ? "oldest" : (hearing.last() + 1) + " epoch=" + epoch;
      InetSocketAddress address = addresses.get(random.nextInt(addresses.size()));
      try (Wire wire = new Wire(address, "from=" + from, SILENCE)) {
        onLetIn(wire.answered("epoch"));
        while (!ending) {
          onLine(wire.hear());
        }
      } catch (IOException e) {
        onLost(String.valueOf(e.getMessage()));
      }
    }
  }

  private void onLetIn(String newEpoch) {
    if (!epoch.isEmpty() && !epoch.equals(newEpoch)) {
      hearing.onTrouble("the numbering has become another: " + newEpoch + " after " + epoch);
    }
    epoch = newEpoch;
  }

  private void onLine(String line) throws IOException {
    String[] words = line.split(" ", 4);
    if (words[0].equals("LINE")) {
      hearing.onLine(Long.parseLong(words[1]), line.substring(line.indexOf(' ', 5) + 1));
    } else if (words[0].equals("GAP") && words[3].equals("void")) {
      hearing.onVoid(Long.parseLong(words[1]), Long.parseLong(words[2]));
    } else if (LOST.stream().anyMatch(line::startsWith)) {
      throw new IOException(line);
    } else {
      hearing.onTrouble("'" + line + "'");
      ending = true;
    }
  }

  private void onLost(String why) {
    if (why.startsWith("refused") && !why.contains(" no journal ")) {
      hearing.onTrouble(why);
      ending = true;
    }
    LockSupport.parkNanos(LOOK_AGAIN_NANOS); // that server is dead, frozen, or comes up
  }
}
