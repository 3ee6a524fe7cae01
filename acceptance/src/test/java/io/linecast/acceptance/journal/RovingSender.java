package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender with a name, who goes to another server whenever it has no answer, and says again under
 * the same number what was not acknowledged.
 */
final class RovingSender implements Party {

  private static final int WINDOW_LINES = 100;
  private static final int PADDING_BYTES = 150;
  private static final Duration SILENCE = Duration.ofMillis(2_500);
  private static final long AFTER_REFUSAL_NANOS = 20_000_000;

  /** The server ends, has another connection of the same name, or this one was held up. */
  private static final List<String> LOST =
      List.of("BYE shutting-down", "BYE duplicate", "BYE idle");

  /** A line under way. */
  private record Sending(long number, String text) {}

  private final String name;
  private final List<InetSocketAddress> addresses;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final long pauseNanos;
  private volatile boolean ending;

  /** Not acknowledged, by their numbers. */
  private List<Sending> unanswered = new ArrayList<>();

  /** To be sent under the next numbers that are free. */
  private final Deque<String> waiting = new ArrayDeque<>();

  /** What its numbers have become. */
  private final TreeMap<Long, Long> lines = new TreeMap<>();

  private long made;
  private long lastNumber;

  /**
   * Not sending yet.
   *
   * @param pause between the answers to its last lines and the next ones
   */
  RovingSender(
      String name, List<InetSocketAddress> addresses, Ledger ledger, long seed, Duration pause) {
    this.name = name;
    this.addresses = addresses;
    this.ledger = ledger;
    this.random = new SplittableRandom(seed);
    this.pauseNanos = pause.toNanos();
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (hasMore()) {
      InetSocketAddress address = addresses.get(random.nextInt(addresses.size()));
      try (Wire wire = new Wire(address, "listen=no publisher=" + name, SILENCE)) {
        while (hasMore()) {
          sendWindow(wire);
        }
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // that server is dead, frozen, or comes up
      }
    }
  }

  /** Whether there are lines to send; makes some more if all are acknowledged. */
  private boolean hasMore() {
    if (unanswered.isEmpty()) {
      if (waiting.isEmpty() && !ending) {
        for (int i = random.nextInt(WINDOW_LINES); i >= 0; i--) {
          waiting.add(name + " " + ++made + " " + "x".repeat(random.nextInt(PADDING_BYTES)));
        }
      }
      while (!waiting.isEmpty()) {
        unanswered.add(new Sending(++lastNumber, waiting.remove()));
      }
    }
    return !unanswered.isEmpty();
  }

  private void sendWindow(Wire wire) throws IOException {
    StringBuilder sends = new StringBuilder();
    for (Sending each : unanswered) {
      sends.append("SEND ").append(each.number).append(' ').append(each.text).append('\n');
    }
    wire.say(sends.toString());
    List<Sending> again = new ArrayList<>();
    int answered = 0;
    try {
      while (answered < unanswered.size()) {
        onAnswer(wire.hear(), unanswered.get(answered), again);
        answered++;
      }
    } finally {
      again.addAll(unanswered.subList(answered, unanswered.size()));
      unanswered = again;
    }
    LockSupport.parkNanos(unanswered.isEmpty() ? pauseNanos : AFTER_REFUSAL_NANOS);
  }

  private void onAnswer(String answer, Sending sending, List<Sending> again) throws IOException {
    String[] words = answer.split(" ", 4);
    if (words.length < 3 || !words[1].equals(Long.toString(sending.number))) {
      throw unexpected(answer, sending);
    }
    switch (words[0] + " " + (words[0].equals("FAIL") ? words[2] : "")) {
      case "SENT " -> onSent(sending, Long.parseLong(words[2]));
      case "FAIL journal" -> {
        ledger.onRefused();
        again.add(sending); // it may be there all the same: under the same number
      }
      case "FAIL bad-number" -> waiting.add(sending.text); // it is not there, and a later one is
      default -> throw unexpected(answer, sending);
    }
  }

  private void onSent(Sending sending, long line) {
    Map.Entry<Long, Long> before = lines.lowerEntry(sending.number);
    Map.Entry<Long, Long> after = lines.higherEntry(sending.number);
    if ((before != null && before.getValue() >= line)
        || (after != null && after.getValue() <= line)) {
      ledger.onTrouble(
          name + ": line " + line + " for " + sending + ", between " + before + " and " + after);
    }
    lines.put(sending.number, line);
    ledger.onSent(sending.text, line);
  }

  private IOException unexpected(String answer, Sending sending) {
    if (LOST.stream().noneMatch(answer::startsWith)) {
      ledger.onTrouble(name + ": for " + sending + " it was told '" + answer + "'");
    }
    return new IOException(answer);
  }
}
