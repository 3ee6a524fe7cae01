package io.linecast.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines in memory, which expire, fail and are missing when a test says so. Safe from any thread.
 */
public final class FakeHistory implements History {

  private final List<byte[]> lines = new ArrayList<>();
  private final Set<Long> missing = new HashSet<>();
  private long oldest = 1;
  private int reads;
  private int failuresToCome;

  /** Keeps one more line, its line feed included. */
  public synchronized void add(byte[] line) {
    lines.add(line);
  }

  /** Keeps lines as text. */
  void add(String text) {
    text.lines().forEach(line -> add((line + "\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  public synchronized long last() {
    return lines.size();
  }

  /** Lines before this one are kept no more. */
  public synchronized void expireBefore(long line) {
    oldest = line;
  }

  /** There is no such line, nor was there ever. */
  void miss(long line) {
    missing.add(line);
  }

  /** The next reads fail. */
  public synchronized void fail(int times) {
    failuresToCome = times;
  }

  /** How often it was read. */
  int reads() {
    return reads;
  }

  @Override
  public synchronized long oldest() {
    return lines.size() < oldest ? Long.MAX_VALUE : oldest;
  }

  @Override
  public synchronized Stretch read(long first, long last, ByteBuffer into) throws IOException {
    reads++;
    failIfDue();
    long from = Math.max(first, oldest);
    while (missing.contains(from)) {
      from++;
    }
    long line = from;
    while (line <= Math.min(last, lines.size()) && !missing.contains(line)) {
      byte[] text = lines.get((int) line - 1);
      if (text.length > into.remaining()) {
        break;
      }
      into.put(text);
      line++;
    }
    return new Stretch(from, (int) (line - from));
  }

  /** The n-th line was accepted n seconds after the epoch. */
  @Override
  public synchronized long lineAt(Instant time) throws IOException {
    failIfDue();
    long line = Math.max(oldest, time.getEpochSecond());
    return line > lines.size() ? Long.MAX_VALUE : line;
  }

  private void failIfDue() throws IOException {
    if (failuresToCome > 0) {
      failuresToCome--;
      throw new IOException("the disk is on fire");
    }
  }
}
