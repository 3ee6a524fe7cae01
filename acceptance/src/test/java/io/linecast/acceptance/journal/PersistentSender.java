package io.linecast.acceptance.journal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A sender with a name, who repeats what was not answered under the same number. Of what was
 * refused, it sends most again, under the next number that is free, and gives up the rest.
 */
final class PersistentSender implements Party {

  private static final int WINDOW_LINES = 200;
  private static final int GIVEN_UP_OF = 4;
  private static final int PADDING_BYTES = 150;
  private static final long AFTER_REFUSAL_NANOS = 20_000_000;

  /** A line under way. */
  private record Sending(long number, String text) {}

  private final String name;
  private final InetSocketAddress address;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final long pauseNanos;
  private volatile boolean ending;

  /** Sent, and neither acknowledged nor waiting. */
  private final Deque<Sending> unanswered = new ArrayDeque<>();

  /** Not sent yet, or refused: to be sent under the next numbers that are free. */
  private final Deque<String> waiting = new ArrayDeque<>();

  private long made;
  private long highestSent;
  private long lastLine;

  /**
   * Not sending yet.
   *
   * @param pause between the answer to its last lines and the next ones
   */
  PersistentSender(
      String name, InetSocketAddress address, Ledger ledger, long seed, Duration pause) {
    this.name = name;
    this.address = address;
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
      try (Wire wire = new Wire(address, "listen=no publisher=" + name)) {
        while (hasMore()) {
          sendWindow(wire);
        }
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  /** Whether there are lines to send; makes some more if all are acknowledged. */
  private boolean hasMore() {
    if (unanswered.isEmpty()) {
      if (waiting.isEmpty() && !ending) {
        IntStream.range(0, 1 + random.nextInt(WINDOW_LINES)).forEach(_ -> waiting.add(newText()));
      }
      for (long number = highestSent + 1; !waiting.isEmpty(); number++) {
        unanswered.add(new Sending(number, waiting.remove()));
      }
    }
    return !unanswered.isEmpty();
  }

  private String newText() {
    return name + " " + ++made + " " + "x".repeat(random.nextInt(PADDING_BYTES));
  }

  private void sendWindow(Wire wire) throws IOException {
    StringBuilder sends = new StringBuilder();
    for (Sending each : unanswered) {
      sends.append("SEND ").append(each.number).append(' ').append(each.text).append('\n');
    }
    wire.say(sends.toString());
    while (!unanswered.isEmpty()) {
      onAnswer(wire.hear(), unanswered.getFirst());
    }
    LockSupport.parkNanos(waiting.isEmpty() ? pauseNanos : AFTER_REFUSAL_NANOS);
  }

  private void onAnswer(String answer, Sending sending) throws IOException {
    String[] words = answer.split(" ", 4);
    if (words.length < 3 || !words[1].equals(Long.toString(sending.number))) {
      throw unexpected(answer, sending);
    }
    if (words[0].equals("SENT")) {
      onSent(sending, Long.parseLong(words[2]));
    } else if (words[0].equals("FAIL") && words[2].equals("journal")) {
      ledger.onRefused();
      onRefused(sending);
    } else if (words[0].equals("FAIL") && words[2].equals("bad-number")) {
      onRefused(sending); // before that could be told; and a later one was not
    } else {
      throw unexpected(answer, sending);
    }
    unanswered.remove();
  }

  /** It sends it again, or has it be: it was told that nothing has come of it. */
  private void onRefused(Sending sending) {
    if (random.nextInt(GIVEN_UP_OF) == 0) {
      ledger.onGivenUp(sending.text);
    } else {
      waiting.add(sending.text);
    }
  }

  private void onSent(Sending sending, long line) {
    if (line <= lastLine) {
      ledger.onTrouble(name + ": line " + line + " for " + sending + ", and before " + lastLine);
    }
    lastLine = line;
    highestSent = sending.number;
    ledger.onSent(sending.text, line);
  }

  private IOException unexpected(String answer, Sending sending) {
    if (!answer.startsWith("BYE shutting-down")) {
      ledger.onTrouble(name + ": for " + sending + " it was told '" + answer + "'");
    }
    return new IOException(answer);
  }
}
