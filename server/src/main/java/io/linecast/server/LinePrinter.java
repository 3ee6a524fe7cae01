package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.core.Loop;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.core.Subscriber;
import io.linecast.protocol.GapReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes accepted lines to standard output, as one more follower of the feed, with a thread of its
 * own: an output that nobody reads delays nobody, and what it misses is said.
 */
final class LinePrinter implements Loop, Sink {

  private static final Logger LOG = LoggerFactory.getLogger(LinePrinter.class);

  private final WritableByteChannel output;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("linecast-print").factory());

  // Its thread's own.
  private final List<Subscriber> followed = new ArrayList<>();
  private int unfinished;

  /** The output is closed: what follows is thrown away. */
  private boolean broken;

  LinePrinter(WritableByteChannel output) {
    this.output = output;
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("a line came after the printer had stopped");
    }
  }

  @Override
  public void executeAfterIo(Runnable task) {
    execute(task);
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    ByteBuffer lines = segment.bytes().slice(offset, length);
    try {
      while (!broken && lines.hasRemaining()) {
        output.write(lines);
      }
    } catch (IOException e) {
      broken = true;
      LOG.warn("lines are printed no more, standard output is closed: {}", e.getMessage());
    }
    return length;
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    LOG.warn("standard output is too slow: lines {} to {} were not printed", first, last);
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    throw new IllegalStateException("a printer takes everything");
  }

  @Override
  public void finish(CloseReason reason) {
    if (--unfinished == 0) {
      thread.shutdown();
    }
  }

  @Override
  public void close(CloseReason reason) {
    finish(reason);
  }

  /** Prints a channel's lines from now on. */
  void follow(LineChannel channel) {
    thread.execute(
        () -> {
          followed.add(channel.observe(0, this));
          unfinished++;
        });
  }

  /**
   * Prints what has been accepted up to now, then ends.
   *
   * @return whether that was done within the time given
   */
  boolean finishWithin(Duration patience) throws InterruptedException {
    thread.execute(
        () ->
            followed.forEach(
                subscriber -> subscriber.channel().finish(subscriber, CloseReason.SHUTTING_DOWN)));
    return thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends at once, whatever has not been printed. */
  void stop() {
    thread.shutdownNow();
  }
}
