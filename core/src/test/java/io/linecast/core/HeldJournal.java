package io.linecast.core;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A journal that hands lines back, or fails to keep them, when a test says so. */
final class HeldJournal implements Journal {

  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private final List<Sent> sent;
  private @Nullable Kept kept;
  private long lastLine;
  private boolean full;
  private boolean working = true;

  HeldJournal() {
    this(0, List.of());
  }

  /** One that has kept lines before. */
  HeldJournal(long lastLine, List<Sent> sent) {
    this.lastLine = lastLine;
    this.sent = sent;
  }

  @Override
  public String kind() {
    return "held";
  }

  @Override
  public String epoch() {
    return "e";
  }

  @Override
  public long lastLine() {
    return lastLine;
  }

  @Override
  public List<Sent> sent() {
    return sent;
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
  public void keep(Batch batch) {
    ByteBuffer copy = ByteBuffer.allocate(batch.run().remaining());
    copy.put(batch.run().duplicate()).flip();
    waiting.add(batch.part(0, batch.lineCount(), copy));
  }

  /** Hands the next batch back. */
  void handBack() {
    Batch batch = waiting.remove();
    long first = lastLine + 1;
    lastLine += batch.lineCount();
    kept().onKept(batch, first);
  }

  /** No line gets the next numbers. */
  void skip(int numbers) {
    long first = lastLine + 1;
    lastLine += numbers;
    kept().onVoid(first, lastLine);
  }

  /** Says of the next batch that it repeats what has been there before. */
  void handBackAsRepeated() {
    Batch batch = waiting.remove();
    long first = lastLine + 1;
    lastLine += batch.lineCount();
    kept().onRepeated(batch, first);
  }

  /** Does not keep the next batch. */
  void fail() {
    kept().onFailed(waiting.remove());
  }

  void handBackOfElsewhere(String lines, String publisher, long number) {
    int count = Lines.count(lines);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number + i;
    }
    Numbering its = Numbering.ofElsewhere(publisher, numbers);
    long first = lastLine + 1;
    lastLine += count;
    kept().onKept(Batch.ofElsewhere(Lines.bytes(lines), count, its, "elsewhere"), first);
  }

  int waiting() {
    return waiting.size();
  }

  @Override
  public boolean isFull() {
    return full;
  }

  void setFull(boolean value) {
    full = value;
    kept().onStateChanged();
  }

  @Override
  public boolean isWorking() {
    return working;
  }

  void setWorking(boolean value) {
    working = value;
    kept().onStateChanged();
  }

  private Kept kept() {
    return Objects.requireNonNull(kept);
  }
}
