package io.linecast.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of one connection. Its thread gathers what there is to say and writes it in one
 * go, so the more there is, the larger the writes. A line that nobody else's answer is awaited
 * before is written by the thread that sends it: no other has to wake up for it.
 */
final class Transmitter implements Runnable {

  /** How often lines are said to be dealt with, at most. */
  private static final long DONE_NANOS = 1_000_000;

  private static final int PONGS = 64;

  private final ReentrantLock writing = new ReentrantLock();
  private final OutputStream output;
  private final Closeable connection;
  private final Outbox outbox;
  private final Mailbox mailbox;
  private final @Nullable String heardEpoch;
  private final Consumer<ClientException> onFailure;
  private final Thread thread;
  private final ArrayBlockingQueue<byte[]> pongs = new ArrayBlockingQueue<>(PONGS);

  // Requests of other threads: set first, then the thread is woken.
  private volatile boolean pingDue;
  private volatile boolean quitDue;
  private volatile boolean stopped;

  // Of the thread: set before it looks for work a last time and parks.
  private volatile boolean parked;
  private volatile boolean napping;

  // Guarded by the writing lock.
  private final WireBuffer batch = new WireBuffer();
  private volatile boolean quitSaid;
  private volatile long saidSeq;
  private volatile long saidAtNanos = System.nanoTime() - DONE_NANOS;

  /**
   * One that does not run yet.
   *
   * @param connection closed when writing fails; the reading side notices
   * @param heardEpoch the numbering of the lines heard; null if none are
   * @param onFailure told of what is nobody's connection's fault
   */
  Transmitter(
      OutputStream output,
      Closeable connection,
      Outbox outbox,
      Mailbox mailbox,
      @Nullable String heardEpoch,
      Consumer<ClientException> onFailure) {
    this.output = output;
    this.connection = connection;
    this.outbox = outbox;
    this.mailbox = mailbox;
    this.heardEpoch = heardEpoch;
    this.onFailure = onFailure;
    thread = new Thread(this, "linecast-client-writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends; nothing is written once this has returned. The connection must be closed already. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    awaitSender();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that sends may be writing; when it is not, none will again. */
  private void awaitSender() {
    writing.lock();
    try {
      batch.clear();
    } finally {
      writing.unlock();
    }
  }

  /** There may be something to be written. */
  void wake() {
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** More is answered. */
  void wakeAfterAnswers() {
    if (quitDue || !outbox.isAllWritten()) {
      wake();
    }
  }

  /** More is dealt with. */
  void wakeForDone() {
    if (parked && !napping) {
      LockSupport.unpark(thread);
    }
  }

  void ping() {
    pingDue = true;
    wake();
  }

  void pong(byte[] text) {
    if (pongs.offer(text)) { // else the server has not taken the last 64
      wake();
    }
  }

  /** Says QUIT once everything is answered. */
  void quit() {
    quitDue = true;
    wake();
  }

  /** Writes what there is on the calling thread, unless another one is at it. */
  void writeHere() {
    if (!stopped && writing.tryLock()) {
      try {
        if (!stopped) {
          writeBatch();
        }
      } finally {
        writing.unlock();
      }
      if (outbox.isAllWritten()) {
        return;
      }
    }
    wake();
  }

  @Override
  public void run() {
    while (!stopped) {
      boolean wrote;
      writing.lock();
      try {
        wrote = writeBatch();
      } finally {
        writing.unlock();
      }
      if (!wrote) {
        rest();
      }
    }
  }

  private void rest() {
    long napNanos = pendingDone() > saidSeq ? saidAtNanos + DONE_NANOS - System.nanoTime() : 0;
    napping = napNanos > 0;
    parked = true;
    if (!hasWork()) {
      if (napping) {
        LockSupport.parkNanos(napNanos);
      } else {
        LockSupport.park();
      }
    }
    parked = false;
    napping = false;
  }

  private boolean hasWork() {
    if (quitSaid) {
      return stopped || !pongs.isEmpty();
    }
    return stopped
        || pingDue
        || !pongs.isEmpty()
        || !outbox.isAllWritten()
        || isQuitDue()
        || (!napping && pendingDone() > saidSeq);
  }

  /** Not while an answer is awaited: who has said QUIT can answer no PING any more. */
  private boolean isQuitDue() {
    return quitDue && !quitSaid && outbox.isSettled();
  }

  private boolean writeBatch() {
    try {
      return writeWhatThereIs();
    } catch (IOException e) {
      stopped = true;
      closeConnection();
    } catch (RuntimeException | Error e) { // without a writer the client would stand still
      stopped = true;
      onFailure.accept(ClientException.ofItself(e));
    }
    return false;
  }

  private boolean writeWhatThereIs() throws IOException {
    for (byte[] text = pongs.poll(); text != null; text = pongs.poll()) {
      batch.pong(text);
    }
    if (!quitSaid) { // after it the server takes nothing more but these
      addRequests();
    }
    if (batch.isEmpty()) {
      return false;
    }
    batch.writeTo(output);
    return true;
  }

  private void addRequests() {
    if (pingDue) {
      pingDue = false;
      batch.ping();
    }
    addDone();
    outbox.gather(batch);
    if (isQuitDue()) {
      quitSaid = true;
      batch.quit();
    }
  }

  private void addDone() {
    long seq = pendingDone();
    long now = System.nanoTime();
    if (seq > saidSeq && (quitDue || now - saidAtNanos >= DONE_NANOS)) {
      saidSeq = seq;
      saidAtNanos = now;
      batch.done(seq);
    }
  }

  /** The number up to which everything is dealt with; 0 if none of this numbering is. */
  private long pendingDone() {
    Event dealt = mailbox.dealt();
    if (heardEpoch == null || dealt == null) {
      return 0;
    }
    Position after = dealt.after();
    return after.epoch().equals(heardEpoch) ? after.seq() : 0;
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (IOException e) {
      // The reading side will find it unreadable.
    }
  }
}
