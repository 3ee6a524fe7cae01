package io.linecast.client;

import io.linecast.protocol.Code;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The lines sent and not yet answered, in a ring by their numbers:
 *
 * <pre>
 *   head            written           tail
 *    | under way       | to be written  |  free
 * </pre>
 *
 * <p>No more is under way at a time than a server remembers of a publisher, however much is here.
 *
 * <p>Any thread adds at the tail, under the lock. The transmitting side, one thread at a time,
 * moves {@code written}. The reading thread answers at the head, and moves {@code written} back to
 * it when a connection has ended and its transmitter with it. A slot is filled before {@code tail}
 * passes it and emptied before {@code head} does; both are volatile, so whoever sees them move sees
 * the slot as it is to be.
 */
final class Outbox {

  private final Mailbox mailbox;
  private final Progress progress;
  private final Ring ring;
  private final boolean atLeastOnce;
  private final Window window;

  // Moved under the lock.
  private volatile long tail = 1;
  private long addedBytes;
  private @Nullable ClientException end;

  // Moved by the reading thread.
  private volatile long head = 1;
  private volatile long settled = 1;
  private volatile long removedBytes;
  private volatile String epoch = "";
  private long acknowledged;
  private volatile long failedAtEnd;

  // Moved by the transmitting side.
  private volatile long written = 1;
  private volatile long everWritten = 1;

  Outbox(Mailbox mailbox, ClientOptions options) {
    this.mailbox = mailbox;
    progress = new Progress(mailbox);
    atLeastOnce = options.atLeastOnce();
    window = new Window(options.windowLines(), options.windowBytes());
    // Twice the window: what the reading thread sends must not wait for the reading thread.
    ring = new Ring(2 * options.windowLines());
  }

  /**
   * Adds a line, once there is room.
   *
   * @param text the outbox's own from now on
   * @return its number
   * @throws ClientException if nothing is taken any more, or the thread was interrupted
   */
  long add(byte[] text, SendHandler handler) {
    progress.lock();
    try {
      awaitRoom();
      if (end != null) {
        throw new ClientException(
            end.reason(), end.code().orElse(null), "not sent: " + end.getMessage(), end);
      }
      long number = tail;
      ring.put(number, text, handler);
      addedBytes += text.length;
      tail = number + 1;
      return number;
    } finally {
      progress.unlock();
    }
  }

  private void awaitRoom() {
    if (!mailbox.isReader(Thread.currentThread())) {
      progress.await(() -> hasRoom(1) || end != null, Long.MAX_VALUE);
    } else if (!hasRoom(2)) {
      throw new IllegalStateException(
          "what depends on an acknowledgement sends more than is acknowledged: use an ...Async"
              + " method");
    }
  }

  private boolean hasRoom(int windows) {
    return window.hasRoom(windows, tail - head, addedBytes - removedBytes);
  }

  /**
   * Waits until every line added so far is answered.
   *
   * @return false if that has taken longer
   */
  boolean awaitAll(long patienceNanos) {
    long target = tail;
    progress.lock();
    try {
      return progress.await(() -> settled >= target, patienceNanos);
    } finally {
      progress.unlock();
    }
  }

  /** Takes nothing more; what is here goes on. */
  void close(ClientException why) {
    progress.lock();
    try {
      if (end == null) {
        end = why;
      }
    } finally {
      progress.unlock();
    }
    progress.tell();
  }

  /** The numbering that acknowledgements speak of. */
  String epoch() {
    return epoch;
  }

  int outstanding() {
    return (int) (tail - settled);
  }

  boolean isSettled() {
    return settled == tail;
  }

  /** How many lines the end of the client has left unanswered. */
  long failedAtEnd() {
    return failedAtEnd;
  }

  /** Whether a line is the only one unanswered. */
  boolean isAlone(long number) {
    return head == number;
  }

  // The transmitting side.

  /** Whether everything is written that may be under way; answers make room for more. */
  boolean isAllWritten() {
    return written >= mayBeWritten();
  }

  private long mayBeWritten() {
    return Math.min(tail, head + window.underWayMost());
  }

  /** Adds to a batch what is to be written next, as far as it goes. */
  void gather(WireBuffer batch) {
    long until = mayBeWritten();
    long number = written;
    while (number < until && !batch.isFull()) {
      batch.send(number, ring.text(number));
      number++;
    }
    if (number > everWritten) {
      everWritten = number; // before a byte of it is written: from here on it may be relayed
    }
    written = number;
  }

  // The reading thread's.

  /** The first server has answered: how far the publisher's numbers have come. */
  void begin(String epoch, OptionalLong last) {
    this.epoch = epoch;
    acknowledged = last.orElse(0);
    long first = last.orElse(0) + 1;
    progress.lock();
    try {
      head = first;
      settled = first;
      written = first;
      everWritten = first;
      tail = first;
    } finally {
      progress.unlock();
    }
  }

  /**
   * Another connection has begun, and its transmitter has not: everything unanswered is to be
   * written again, but for what may be relayed already by a server that knows nothing of it.
   *
   * @param shared other servers have its journal too: it may not know yet what they acknowledged
   * @throws ClientException if somebody else has used the publisher's name
   */
  void resume(String newEpoch, OptionalLong last, boolean shared) {
    boolean remembered = newEpoch.equals(epoch) && (shared || last.orElse(0) >= acknowledged);
    written = head;
    if (last.orElse(0) >= everWritten) { // below it they are this client's own, to whichever server
      throw new ClientException(
          ClientException.Reason.SUPERSEDED,
          "somebody else has sent lines under this publisher's name, up to number "
              + last.getAsLong());
    }
    if (!remembered) {
      acknowledged = last.orElse(0);
      if (!atLeastOnce) {
        failUnderWay(newEpoch);
      }
      epoch = newEpoch;
    }
  }

  private void failUnderWay(String newEpoch) {
    String why =
        newEpoch.equals(epoch)
            ? "the server remembers this publisher no more"
            : "the server that was sent it is gone; the one there now counts in epoch " + newEpoch;
    String fate = "unknown: may or may not have been relayed under epoch " + epoch + ", " + why;
    while (head < everWritten) {
      fail(new SendException(head, true, epoch, null, fate, null));
    }
    written = head;
    tellWaiting();
  }

  /** The server has acknowledged a line. */
  void sent(long number, long seq, long clients) {
    checkAnswer(number);
    SendHandler handler = remove(number);
    acknowledged = number;
    try {
      handler.onSent(number, seq, clients);
    } catch (Throwable e) { // whatever it is, the line is answered, and those behind it wait
      Uncaught.report(e);
    }
    settled = number + 1;
  }

  /** The server has refused a line. */
  void failed(long number, @Nullable Code code, boolean mayBeRelayed, String message) {
    checkAnswer(number);
    fail(new SendException(number, mayBeRelayed, epoch, code, message, null));
  }

  private void fail(SendException why) {
    SendHandler handler = remove(why.number());
    try {
      handler.onFailed(why);
    } catch (Throwable e) { // whatever it is, the line is answered, and those behind it wait
      Uncaught.report(e);
    }
    settled = why.number() + 1;
  }

  private void checkAnswer(long number) {
    if (number != head || number >= written) {
      throw new ClientException(
          ClientException.Reason.PROTOCOL,
          "the server has answered line " + number + " when " + head + " was next");
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread's
  private SendHandler remove(long number) {
    removedBytes += ring.text(number).length;
    SendHandler handler = ring.remove(number);
    head = number + 1;
    return handler;
  }

  /** The server has let go of the client because too much was under way. */
  void narrow() {
    window.narrow();
  }

  /** Has those look again who wait for room or for answers, after a number of these. */
  void tellWaiting() {
    progress.tell();
  }

  /** The client has ended: takes nothing more, and fails what is unanswered. */
  void end(ClientException why) {
    close(why);
    failedAtEnd = tail - head;
    while (head < tail) {
      long number = head;
      String fate =
          number < everWritten
              ? "unknown: may or may not have been relayed under epoch " + epoch
              : "not sent";
      String words = fate + ": " + why.getMessage();
      fail(new SendException(number, number < everWritten, epoch, null, words, why));
    }
    tellWaiting();
  }
}
