package io.linecast.sqlite;

import io.linecast.core.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Batches that wait to be kept, in their order, and their bytes, one after the other in one buffer
 * that grows. Nothing is made for a line.
 *
 * <p>Guarded by whoever has it.
 */
final class WaitingLines {

  private final int firstBytes;
  private final int restingBytes;
  private byte[] bytes;
  private int size;
  private final List<WaitingBatch> batches = new ArrayList<>();

  /** None, with room for many. */
  WaitingLines() {
    this(64 << 10, 16 << 20);
  }

  /**
   * None.
   *
   * @param firstBytes for how many there is room at first
   * @param restingBytes for how many there may be room when it has become empty
   */
  WaitingLines(int firstBytes, int restingBytes) {
    this.firstBytes = firstBytes;
    this.restingBytes = restingBytes;
    bytes = new byte[firstBytes];
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  List<WaitingBatch> batches() {
    return batches;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Copies a batch that has just come. */
  void add(SqliteJournal journal, Batch batch, long timeMillis) {
    ByteBuffer run = batch.run();
    int length = run.remaining();
    makeRoom(length);
    run.get(run.position(), bytes, size, length);
    batches.add(new WaitingBatch(journal, batch, size, length, timeMillis, false));
    size += length;
  }

  /** Takes all that another has, which is empty then. */
  void takeAll(WaitingLines other) {
    makeRoom(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    for (WaitingBatch each : other.batches) {
      batches.add(each.movedTo(size + each.offset()));
    }
    size += other.size;
    other.clear();
  }

  /** Copies a batch that another has. */
  void addCopy(WaitingLines other, WaitingBatch batch) {
    makeRoom(batch.length());
    System.arraycopy(other.bytes, batch.offset(), bytes, size, batch.length());
    batches.add(batch.movedTo(size));
    size += batch.length();
  }

  /** Adds a batch that has no bytes any more. */
  void addEmpty(WaitingBatch batch) {
    batches.add(batch.movedTo(size));
  }

  private void makeRoom(int length) {
    int needed = Math.addExact(size, length);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, 1L << 30)));
    }
  }

  /** The first batches, as many as have so many bytes; one at least. */
  int within(long mostBytes) {
    long sum = 0;
    int count = 0;
    while (count < batches.size()) {
      sum += batches.get(count).length();
      if (count > 0 && sum > mostBytes) {
        break;
      }
      count++;
    }
    return count;
  }

  /** The bytes of one of its batches, as a journal hands them back. */
  ByteBuffer run(WaitingBatch batch) {
    return ByteBuffer.wrap(bytes, batch.offset(), batch.length())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The first ones are done with. */
  void removeFirst(int count) {
    batches.subList(0, count).clear();
    if (batches.isEmpty()) {
      clear();
    }
  }

  /** Gives up all that are such. */
  void removeIf(Predicate<WaitingBatch> such, Consumer<WaitingBatch> told) {
    List<WaitingBatch> removed = batches.stream().filter(such).toList();
    batches.removeIf(such);
    removed.forEach(told);
    compact();
  }

  /** Closes the holes that those have left who are gone. */
  private void compact() {
    int to = 0;
    for (int i = 0; i < batches.size(); i++) {
      WaitingBatch each = batches.get(i);
      System.arraycopy(bytes, each.offset(), bytes, to, each.length());
      batches.set(i, each.movedTo(to));
      to += each.length();
    }
    size = to;
  }

  void clear() {
    batches.clear();
    size = 0;
    if (bytes.length > restingBytes) {
      bytes = new byte[firstBytes];
    }
  }
}
