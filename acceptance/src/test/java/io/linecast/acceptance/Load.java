package io.linecast.acceptance;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/**
 * Numbered lines, sent by members of a crowd in turn.
 *
 * @param senders who sends
 * @param linesEach how many lines each of them sends
 * @param lineBytes the length of a line with its LF
 */
record Load(List<CrowdMember> senders, int linesEach, int lineBytes) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  Load {
    senders = List.copyOf(senders);
  }

  /** How many lines are meant for a member: all but its own. */
  int eligible(CrowdMember member) {
    int others = senders.contains(member) ? senders.size() - 1 : senders.size();
    return others * linesEach;
  }

  /** Sends so many lines a second, one at a time, and returns when all were handed over. */
  void sendEvenly(int linesPerSecond) {
    sendEvenly(linesPerSecond, sent -> true);
  }

  /**
   * The same, but each line waits until it may be sent.
   *
   * @param mayGoOn whether the next line may be sent, when so many were
   */
  void sendEvenly(int linesPerSecond, IntPredicate mayGoOn) {
    int total = senders.size() * linesEach;
    AtomicInteger sent = new AtomicInteger();
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      long interval = NANOSECONDS.convert(1, TimeUnit.SECONDS) / linesPerSecond;
      Future<?> sending =
          clock.scheduleAtFixedRate(
              () -> {
                int i = sent.get();
                if (i >= total) {
                  throw new AllSentException();
                }
                if (mayGoOn.test(i)) {
                  sent.incrementAndGet();
                  sendOne(i);
                }
              },
              0,
              interval,
              NANOSECONDS);
      awaitEnd(sending, Duration.ofSeconds(2L * total / linesPerSecond + 30));
    }
  }

  /** Hands everything over at once. */
  void sendAtOnce() {
    sendAtOnce(0, linesEach);
  }

  /** Hands everything over without waiting, so many lines of each sender at a time. */
  void sendInTurns(int batchLines) {
    for (int from = 0; from < linesEach; from += batchLines) {
      sendAtOnce(from, Math.min(linesEach, from + batchLines));
    }
  }

  /** Sends a batch, waits until all have heard it, sends the next: nobody need ever lag. */
  void sendInStep(Crowd listeners, int batchLines) {
    sendInStep(listeners, batchLines, member -> 0);
  }

  /** The same to members who have heard so many lines before. */
  void sendInStep(Crowd listeners, int batchLines, ToIntFunction<CrowdMember> heardBefore) {
    for (int from = 0; from < linesEach; from += batchLines) {
      int to = Math.min(linesEach, from + batchLines);
      sendAtOnce(from, to);
      listeners.awaitLines(
          member -> heardBefore.applyAsInt(member) + eligible(member) / linesEach * to, PATIENCE);
    }
  }

  private void sendAtOnce(int from, int to) {
    for (CrowdMember sender : senders) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((to - from) * lineBytes);
      for (int number = from; number < to; number++) {
        bytes.writeBytes(new NumberedLine(sender.index(), number).encode(lineBytes));
      }
      sender.send(bytes.toByteArray());
    }
  }

  private void sendOne(int i) {
    CrowdMember sender = senders.get(i % senders.size());
    sender.send(new NumberedLine(sender.index(), i / senders.size()).encode(lineBytes));
  }

  private static void awaitEnd(Future<?> sending, Duration atMost) {
    try {
      sending.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AllSentException)) {
        throw new IllegalStateException("a line could not be sent", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      sending.cancel(true);
      throw new AssertionError("the lines were not sent within " + atMost, e);
    }
  }

  /** Ends the schedule. */
  private static final class AllSentException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
