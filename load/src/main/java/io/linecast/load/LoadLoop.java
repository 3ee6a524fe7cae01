package io.linecast.load;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due and takes in what has come, in turns; or, where the share asks for it, takes in
 * here while a thread of its own sends. A share that spins asks and never waits while a run is on.
 */
final class LoadLoop implements AutoCloseable {
  /** After so many sockets the schedule is looked at again, so that reading does not delay it. */
  private static final int READS_BETWEEN_SENDS = 16;

  private static final long SILENCE_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SURPLUS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int WAIT_MILLIS = 20;

  private final Fleet fleet;
  private final Share share;
  private final Senders senders;
  private final Intake intake;
  private final RunClock clock;
  private final KeepAlive listening;
  private final KeepAlive sending;
  private final long expectedBytes;
  private final int fullTurn;

  /** Ends the sending thread. Volatile: set by the loop's thread. */
  private volatile boolean ended;

  private @Nullable Thread sender;

  /**
   * A loop that has not begun.
   *
   * @param heartbeatNanos after so much silence the server asks a client whether it is there; 0:
   *     never
   */
  LoadLoop(
      Fleet fleet,
      Share share,
      Senders senders,
      Intake intake,
      RunClock clock,
      long heartbeatNanos) {
    this.fleet = fleet;
    this.share = share;
    this.senders = senders;
    this.intake = intake;
    this.clock = clock;
    this.listening = KeepAlive.ofListeners(fleet, share, heartbeatNanos);
    this.sending = KeepAlive.ofSenders(fleet, share, heartbeatNanos);
    // A sender that is alone hears nothing, so all but one are all.
    this.fullTurn = Math.min(Epoll.EVENTS_MAX, fleet.size() - 1);
    Schedule schedule = share.schedule();
    long[] scheduled = new long[share.allSenders()];
    Arrays.setAll(scheduled, sender -> schedule.linesOf(sender, schedule.totalLines()));
    this.expectedBytes = Balance.expectedBytes(fleet, share, scheduled);
  }

  /** Starts the thread that sends, if the share wants one. */
  void startSender() {
    if (share.senderThread()) {
      sender = Thread.ofPlatform().daemon().name("sender").start(this::sendUntilEnded);
    }
  }

  private void sendUntilEnded() {
    while (!ended && !senders.isDone()) {
      senders.sendDue(clock.nanos());
      senders.retryBlocked();
      sending.say(clock.nanos(), senders::isBetweenLines);
      long wait = senders.nextDueNanos() - clock.nanos();
      LockSupport.parkNanos(Math.clamp(wait, 1, TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS)));
    }
  }

  /** Goes on until {@code endNanos} of the run. */
  void runUntil(long endNanos, LoopTime time) {
    long now = clock.nanos();
    while (now < endNanos) {
      boolean sent = !share.senderThread() && senders.sendDue(now);
      int ready = turn(share.spins() ? 0 : waitMillis(now, endNanos));
      long next = clock.nanos();
      time.add(next - now, ready >= fullTurn, ready > 0 || sent);
      now = next;
    }
  }

  /**
   * Goes on until all lines have been sent and received, or nothing more comes. Returns the moment
   * at which the last byte had come; by then nothing is sent any more.
   */
  long settle() {
    long began = clock.nanos();
    long lastNews = began;
    long seenBytes = fleet.totalReceivedBytes();
    long now = began;
    int ready = 1;
    while (now - began < TimeUnit.SECONDS.toNanos(share.settleSeconds())
        && (ready > 0 || now - lastNews < patienceNanos())) {
      if (!share.senderThread()) {
        senders.sendDue(now);
      }
      ready = turn(WAIT_MILLIS);
      now = clock.nanos();
      if (fleet.totalReceivedBytes() != seenBytes) {
        seenBytes = fleet.totalReceivedBytes();
        lastNews = now;
      }
    }
    close();
    return lastNews;
  }

  /** Returns when the sending thread has ended: it must not outlive the memory it sends from. */
  @Override
  public void close() {
    ended = true;
    boolean interrupted = false;
    while (sender != null && sender.isAlive()) {
      try {
        sender.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether all of the schedule was sent and has come. */
  boolean isComplete() {
    return senders.isDone() && fleet.totalReceivedBytes() >= expectedBytes;
  }

  /** When all is there, only what should not come can still come; it gets a moment to do so. */
  private long patienceNanos() {
    return isComplete() ? SURPLUS_WAIT_NANOS : SILENCE_MAX_NANOS;
  }

  private int waitMillis(long now, long endNanos) {
    long until = share.senderThread() ? endNanos : Math.min(endNanos, senders.nextDueNanos());
    return Math.clamp((until - now) / RETRY_NANOS, 0, WAIT_MILLIS);
  }

  private void keepAlive() {
    long now = clock.nanos();
    listening.say(now, connection -> true);
    if (!share.senderThread()) {
      sending.say(now, senders::isBetweenLines);
    }
  }

  private int turn(int timeoutMillis) {
    keepAlive();
    Epoll epoll = fleet.epoll();
    int ready = epoll.poll(timeoutMillis);
    for (int event = 0; event < ready; event++) {
      int connection = epoll.token(event);
      if (epoll.isReadable(event)) {
        intake.onReadable(connection, epoll.isEnded(event));
      }
      if (!share.senderThread()) {
        if (epoll.isWritable(event)) {
          senders.onWritable(connection);
        }
        if (event % READS_BETWEEN_SENDS == READS_BETWEEN_SENDS - 1) {
          senders.sendDue(clock.nanos());
        }
      }
    }
    return ready;
  }
}
