package io.linecast.sqlite;

import io.linecast.core.Batch;
import io.linecast.core.Journal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what a journal tells. */
final class Told implements Journal.Kept {

  /** As {@code "1 first line\n"} for each batch. */
  final List<String> kept = new CopyOnWriteArrayList<>();

  final List<String> failed = new CopyOnWriteArrayList<>();
  final AtomicInteger changes = new AtomicInteger();
  volatile long lastLine;

  /** Whoever tells of lines waits for it. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Has whoever tells of lines wait until the latch that is returned is counted down. */
  CountDownLatch holdUp() {
    CountDownLatch closed = new CountDownLatch(1);
    gate = closed;
    return closed;
  }

  @Override
  public void onKept(Batch lines, long firstLine) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    byte[] bytes = new byte[lines.run().remaining()];
    lines.run().get(lines.run().position(), bytes);
    kept.add(firstLine + " " + new String(bytes, StandardCharsets.ISO_8859_1));
    lastLine = firstLine + lines.lineCount() - 1;
  }

  @Override
  public void onFailed(Batch lines) {
    failed.add(lines.source());
  }

  @Override
  public void onStateChanged() {
    changes.incrementAndGet();
  }
}
