package io.linecast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.JournalState;
import io.linecast.core.Numbering;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A journal that hands lines back as they come, unless a test has it hold them or be in trouble.
 * Like a real one it does so on a thread of its own, and keeps by itself what it could not keep
 * while in trouble, and nobody is told of. Safe from any thread.
 */
final class HeldJournal implements Journal {

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("held-journal").factory());

  // Guarded by this.
  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private boolean holding;
  private boolean full;
  private boolean shared;
  private Optional<String> trouble = Optional.empty();
  private long failures;
  private long oldest = Long.MAX_VALUE;

  /** Set before the first batch comes. */
  private @Nullable Kept kept;

  /** Its thread's own. */
  private long lastLine;

  @Override
  public String kind() {
    return "held";
  }

  @Override
  public String epoch() {
    return "e";
  }

  @Override
  public boolean isDeferred() {
    return true;
  }

  @Override
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public synchronized void keep(Batch batch) {
    ByteBuffer copy = ByteBuffer.allocate(batch.run().remaining());
    copy.put(batch.run().duplicate()).flip();
    waiting.add(batch.part(0, batch.lineCount(), copy));
    thread.execute(this::handBack);
  }

  /** No line gets the next numbers. */
  void skip(int numbers) {
    thread.execute(
        () -> {
          long first = lastLine + 1;
          lastLine += numbers;
          kept().onVoid(first, lastLine);
        });
  }

  /**
   * Says of whatever waits that it repeats what was published before, and is none. What comes when
   * the first have been answered is not of them.
   */
  void handBackAsRepeated() {
    thread.execute(
        () -> {
          for (Batch next : takeAll()) {
            long first = lastLine + 1;
            lastLine += next.lineCount();
            kept().onRepeated(next, first);
          }
        });
  }

  private synchronized List<Batch> takeAll() {
    List<Batch> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** Hands back lines that were published at another server. */
  void handBackOfElsewhere(String line, String publisher, long number) {
    thread.execute(
        () -> {
          lastLine++;
          ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(US_ASCII));
          Numbering its = Numbering.ofElsewhere(publisher, new long[] {number});
          kept().onKept(Batch.ofElsewhere(bytes, 1, its, "elsewhere"), lastLine);
        });
  }

  private void handBack() {
    for (Batch next = takeNext(); next != null; next = takeNext()) {
      long first = lastLine + 1;
      lastLine += next.lineCount();
      kept().onKept(next, first);
    }
  }

  private synchronized @Nullable Batch takeNext() {
    return holding || trouble.isPresent() ? null : waiting.poll();
  }

  /** Keeps what comes, and does not hand it back. */
  synchronized void hold() {
    holding = true;
  }

  /** Hands back whatever waits, and what comes. */
  void release() {
    synchronized (this) {
      holding = false;
    }
    thread.execute(this::handBack);
  }

  /** How many lines wait. */
  synchronized int waitingLines() {
    return waiting.stream().mapToInt(Batch::lineCount).sum();
  }

  /** Keeps nothing any more, and fails what can be failed. */
  void beInTrouble(String why) {
    synchronized (this) {
      failures++;
      trouble = Optional.of(why);
    }
    kept().onStateChanged();
    thread.execute(this::failInTrouble);
  }

  /** Unless it has recovered by then: what waits may have come since. */
  private void failInTrouble() {
    List<Batch> answered;
    synchronized (this) {
      answered = trouble.isPresent() ? takeAnswered() : List.of();
    }
    answered.forEach(kept()::onFailed);
  }

  private synchronized List<Batch> takeAnswered() {
    List<Batch> answered = waiting.stream().filter(Batch::isAnswered).toList();
    waiting.removeAll(answered);
    return answered;
  }

  /** Does not keep what waits, of which its senders are told; it is in no trouble. */
  void failUnderWay() {
    thread.execute(() -> takeAnswered().forEach(kept()::onFailed));
  }

  /** Keeps lines again. */
  void recover() {
    synchronized (this) {
      trouble = Optional.empty();
    }
    kept().onStateChanged();
    thread.execute(this::handBack);
  }

  void setFull(boolean value) {
    synchronized (this) {
      full = value;
    }
    kept().onStateChanged();
  }

  /** Other servers give the same numbers, from now on. */
  synchronized void share() {
    shared = true;
  }

  @Override
  public synchronized boolean isShared() {
    return shared;
  }

  synchronized void setOldest(long line) {
    oldest = line;
  }

  @Override
  public synchronized boolean isFull() {
    return full;
  }

  @Override
  public synchronized boolean isWorking() {
    return trouble.isEmpty();
  }

  @Override
  public synchronized JournalState state() {
    long bytes = waiting.stream().mapToLong(batch -> batch.run().remaining()).sum();
    return new JournalState(trouble, bytes, waitingLines(), failures, 3);
  }

  @Override
  public History history() {
    return new History() {
      @Override
      public long oldest() {
        synchronized (HeldJournal.this) {
          return oldest;
        }
      }

      @Override
      public Stretch read(long first, long last, ByteBuffer into) {
        synchronized (HeldJournal.this) {
          oldest = Math.max(oldest, last + 1); // they are removed just now
        }
        return new Stretch(last + 1, 0);
      }

      @Override
      public long lineAt(Instant time) {
        return Long.MAX_VALUE;
      }
    };
  }

  private Kept kept() {
    return Objects.requireNonNull(kept);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
