package io.linecast.server;

import io.linecast.core.Batch;
import io.linecast.core.History;
import io.linecast.core.Journal;
import io.linecast.core.MemoryJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A journal of lines that were there before: the n-th was accepted n seconds after the epoch. */
final class TimedJournal implements Journal, History {

  private final MemoryJournal numbers = new MemoryJournal();
  private final int lines;
  private boolean failing;

  TimedJournal(int lines) {
    this.lines = lines;
  }

  static String text(long line) {
    return "kept " + line + "\n";
  }

  /** It cannot be read from now on. */
  void fail() {
    failing = true;
  }

  @Override
  public String kind() {
    return "test";
  }

  @Override
  public String epoch() {
    return numbers.epoch();
  }

  @Override
  public long lastLine() {
    return lines;
  }

  @Override
  public void open(Kept kept) {
    numbers.open(
        new Kept() {
          @Override
          public void onKept(Batch batch, long firstLine) {
            kept.onKept(batch, lines + firstLine);
          }

          @Override
          public void onFailed(Batch batch) {
            kept.onFailed(batch);
          }

          @Override
          public void onStateChanged() {
            kept.onStateChanged();
          }
        });
  }

  @Override
  public void keep(Batch batch) {
    numbers.keep(batch);
  }

  @Override
  public History history() {
    return this;
  }

  @Override
  public long oldest() {
    return 1;
  }

  @Override
  public Stretch read(long first, long last, ByteBuffer into) throws IOException {
    requireHealth();
    long line = first;
    for (; line <= Math.min(last, lines); line++) {
      byte[] text = text(line).getBytes(StandardCharsets.US_ASCII);
      if (text.length > into.remaining()) {
        break;
      }
      into.put(text);
    }
    return new Stretch(first, (int) (line - first));
  }

  @Override
  public long lineAt(Instant time) throws IOException {
    requireHealth();
    return time.getEpochSecond() > lines ? Long.MAX_VALUE : Math.max(1, time.getEpochSecond());
  }

  private void requireHealth() throws IOException {
    if (failing) {
      throw new IOException("it fails for the test");
    }
  }
}
