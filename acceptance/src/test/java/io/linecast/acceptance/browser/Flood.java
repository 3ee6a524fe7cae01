package io.linecast.acceptance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client that sends lines in even time until it is told to end, on a thread of its own. */
final class Flood implements AutoCloseable {
  static final int LINES_PER_SECOND = 10_000;

  private static final int TICKS_PER_SECOND = 100;

  private final LineClient client;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong sent = new AtomicLong();
  private @Nullable ScheduledFuture<?> sending;

  private Flood(LineClient client) {
    this.client = client;
  }

  /** Connects, and sends nothing yet. */
  static Flood through(ServerUnderTest server) {
    return new Flood(server.connect());
  }

  void begin() {
    long periodNanos = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
    sending = thread.scheduleAtFixedRate(this::tick, 0, periodNanos, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES_PER_SECOND / TICKS_PER_SECOND; i++) {
      lines.append("!AIVDM,1,1,,A,made-up position of ship ").append(sent.incrementAndGet());
      lines.append(",0*5C\n");
    }
    client.sendBytes(lines.toString().getBytes(UTF_8));
  }

  /** Whether it still sends; not if a send has failed. */
  boolean isRunning() {
    return sending != null && !sending.isDone();
  }

  /** Ends it. How many lines it has sent. */
  long end() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server takes no more lines");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return sent.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }
}
