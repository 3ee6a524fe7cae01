package io.linecast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Hears how a server is, on a thread of its own, and connects again when it hears nothing any more.
 * A server that could not be had at the start is given up at once.
 */
final class StatusFollower implements AutoCloseable {

  private static final Duration BACK_OFF_MIN = Duration.ofMillis(250);
  private static final Duration BACK_OFF_MAX = Duration.ofSeconds(4);
  private static final String ENDED = "the server has ended the connection";

  private final StatusClient client;
  private final Duration silence;
  private final InstantSource clock;
  private final CompletableFuture<StatusNews> first = new CompletableFuture<>();

  /** Empty before the first status. Written by the follower's thread, read by any. */
  private final AtomicReference<Optional<StatusNews>> news =
      new AtomicReference<>(Optional.empty());

  private final Thread thread =
      Thread.ofPlatform().daemon().name("status").unstarted(this::followForEver);
  private final Thread watch = Thread.ofPlatform().daemon().name("silence").unstarted(this::watch);

  // Guarded by this: the thread is interrupted only while it reads.
  private boolean reading;
  private boolean silent;
  private long heardNanos;

  /** Down once somebody closes: whoever pauses wakes up. */
  private final CountDownLatch closing = new CountDownLatch(1);

  private Duration backOff = BACK_OFF_MIN;

  /**
   * Has heard nothing yet.
   *
   * @param silence how long the server may say nothing, not even that it is there, before another
   *     connection is made
   */
  StatusFollower(StatusClient client, Duration silence, InstantSource clock) {
    this.client = client;
    this.silence = silence;
    this.clock = clock;
  }

  /** Waits for the first status. */
  StatusNews start() throws StatusException {
    thread.start();
    watch.start();
    try {
      return first.get(2 * silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new StatusException(ExitCode.NO_CONNECTION, "the server does not say how it is");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StatusException(ExitCode.NO_CONNECTION, "interrupted");
    }
  }

  /** The latest; empty before the first. */
  Optional<StatusNews> news() {
    return news.get();
  }

  private void followForEver() {
    while (!isClosed()) {
      try {
        follow();
        lost(new StatusException(ExitCode.NO_CONNECTION, ENDED));
      } catch (StatusException e) {
        lost(e);
      } catch (RuntimeException | Error e) {
        first.completeExceptionally(e);
        throw e;
      }
      pause();
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void follow() throws StatusException {
    try (InputStream stream = client.events()) {
      begin();
      read(stream);
    } catch (IOException e) {
      String why = isSilent() ? "the server is silent" : "the connection is lost";
      throw new StatusException(ExitCode.NO_CONNECTION, why);
    } finally {
      end();
    }
  }

  private void read(InputStream stream) throws IOException, StatusException {
    ByteLines lines = new ByteLines(stream, () -> {});
    EventStream events = new EventStream(StatusClient.MAX_STATUS_BYTES);
    while (!isClosed() && lines.next(StatusClient.MAX_STATUS_BYTES)) {
      heard();
      if (lines.isTooLong()) {
        throw client.noServer("it sends too much");
      }
      Optional<String> event = events.take(new String(lines.line(), StandardCharsets.UTF_8));
      if (event.isPresent()) {
        take(event.get());
      }
    }
  }

  private void take(String json) throws StatusException {
    ServerStatus status =
        StatusJson.parse(json).orElseThrow(() -> client.noServer("it sends no status"));
    StatusNews latest = new StatusNews(status, clock.instant(), Optional.empty());
    news.set(Optional.of(latest));
    first.complete(latest);
    backOff = BACK_OFF_MIN;
  }

  private void lost(StatusException why) {
    if (first.completeExceptionally(why)) {
      closing.countDown();
    }
    news.updateAndGet(known -> known.map(last -> last.lost(why.words())));
  }

  private void pause() {
    try {
      closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // It is closed.
    }
    Duration twice = backOff.multipliedBy(2);
    backOff = twice.compareTo(BACK_OFF_MAX) < 0 ? twice : BACK_OFF_MAX;
  }

  private synchronized void begin() {
    reading = true;
    silent = false;
    heardNanos = System.nanoTime();
  }

  private synchronized void heard() {
    heardNanos = System.nanoTime();
  }

  private synchronized boolean isSilent() {
    return silent;
  }

  /** The interrupt that broke a silence is not for what comes next. */
  private synchronized void end() {
    reading = false;
    if (silent) {
      Thread.interrupted();
    }
  }

  private void watch() {
    try {
      while (!closing.await(silence.toMillis() / 4, TimeUnit.MILLISECONDS)) {
        breakSilence();
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  /** A server that is gone without a word, as with its machine, leaves a connection to wait on. */
  private synchronized void breakSilence() {
    if (reading && !silent && System.nanoTime() - heardNanos > silence.toNanos()) {
      silent = true;
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    watch.interrupt();
  }
}
