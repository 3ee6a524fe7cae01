package io.linecast.cli;

import io.linecast.client.Wire;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends lines to any line server, which acknowledges none. It is all the same told if the server
 * has ended the connection first: what was under way then may be lost.
 */
final class PlainOutlet implements Outlet {

  /**
   * A server that is full takes a connection and ends it at once. Who says little says it before
   * that is to be seen, so nobody ends sending sooner than this.
   */
  private static final Duration WELCOME = Duration.ofMillis(200);

  /** Of no server is it known; a bound all the same, for an input without line feeds. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private final Wire wire;
  private final SendTally tally;
  private final long beganNanos = System.nanoTime();
  private final CountDownLatch serverEnded = new CountDownLatch(1);

  /** A thread that writes holds this for as long as the server reads nothing. */
  private final ReentrantLock writing = new ReentrantLock();

  private final OutputStream out;
  private volatile Runnable onEnd = () -> {};
  private volatile boolean sendingEnded;

  /** What became of the connection, if that was before its time. Set before the server's end is. */
  private volatile @Nullable IOException lost;

  private PlainOutlet(Wire wire, SendTally tally) throws IOException {
    this.wire = wire;
    this.tally = tally;
    this.out = new BufferedOutputStream(wire.output(), BUFFER_BYTES);
  }

  /** Over a connection, which it closes. */
  static PlainOutlet of(Wire wire, SendTally tally) throws IOException {
    PlainOutlet outlet = new PlainOutlet(wire, tally);
    Thread.ofPlatform().daemon().name("unheard").start(outlet::readToTheEnd);
    return outlet;
  }

  /** Whoever sends is sent the lines of others too; one who does not read them is too slow. */
  private void readToTheEnd() {
    byte[] unheard = new byte[BUFFER_BYTES];
    try {
      InputStream in = wire.input();
      while (in.read(unheard) >= 0) {
        // Nobody wants it.
      }
      if (!sendingEnded) {
        lost = new IOException("the server has ended it");
      }
    } catch (IOException e) {
      // A reset: what was sent has not all been read, not even if that was everything.
      lost = e;
    } finally {
      serverEnded.countDown();
      onEnd.run();
    }
  }

  @Override
  public int maxLineBytes() {
    return MAX_LINE_BYTES;
  }

  @Override
  public long sentBefore() {
    return 0;
  }

  @Override
  public void send(SendTally.Place place, byte[] line) {
    writing.lock();
    try {
      out.write(line);
      out.write('\n');
      tally.handOver();
    } catch (IOException e) {
      throw new PlainLossException(e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void onEnd(Runnable action) {
    onEnd = action;
    if (serverEnded.getCount() == 0) {
      action.run();
    }
  }

  @Override
  public void flush() {
    writing.lock();
    try {
      out.flush();
    } catch (IOException e) {
      throw new PlainLossException(e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean isAcknowledged() {
    return false;
  }

  @Override
  public boolean settle(Duration patience) {
    try {
      if (!sendingEnded && !endSending(patience)) {
        return false;
      }
      boolean settled = awaitServer(patience);
      IOException loss = lost;
      if (loss != null) {
        throw new PlainLossException(loss);
      }
      return settled;
    } catch (IOException e) {
      throw new PlainLossException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** False if another thread has been writing all the time. */
  private boolean endSending(Duration patience) throws IOException, InterruptedException {
    if (!writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      out.flush();
      long sinceNanos = System.nanoTime() - beganNanos;
      awaitServer(WELCOME.minusNanos(Math.min(sinceNanos, WELCOME.toNanos())));
      if (serverEnded.getCount() == 0) {
        return true;
      }
      sendingEnded = true;
      wire.endSending();
      return true;
    } finally {
      writing.unlock();
    }
  }

  private boolean awaitServer(Duration patience) throws InterruptedException {
    return serverEnded.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int outstanding() {
    return 0;
  }

  @Override
  public String summary() {
    return "sent, not acknowledged: nobody says whether they have arrived (--plain)";
  }

  @Override
  public void close() {
    // Not the stream: another thread may stand in it, which this sets free.
    wire.close();
  }
}
