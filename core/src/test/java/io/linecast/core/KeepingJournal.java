package io.linecast.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A journal that keeps lines in a {@link FakeHistory}, at once. */
final class KeepingJournal extends ForwardingJournal {

  private final FakeHistory history;
  private final long lastLine;
  private final List<Sent> sent = new ArrayList<>();
  private Kept kept = NOBODY;
  private long next;
  private boolean working = true;

  private static final Kept NOBODY =
      new Kept() {
        @Override
        public void onKept(Batch lines, long firstLine) {
          throw new AssertionError("it is not open");
        }

        @Override
        public void onFailed(Batch lines) {}

        @Override
        public void onStateChanged() {}
      };

  KeepingJournal(FakeHistory history) {
    this.history = history;
    this.lastLine = history.last();
    this.next = lastLine + 1;
  }

  @Override
  public long lastLine() {
    return lastLine;
  }

  @Override
  public List<Sent> sent() {
    return sent;
  }

  void setWorking(boolean does) {
    working = does;
  }

  @Override
  public boolean isWorking() {
    return working;
  }

  @Override
  public FakeHistory history() {
    return history;
  }

  @Override
  public void open(Kept receiver) {
    kept = receiver;
  }

  @Override
  public void keep(Batch batch) {
    ByteBuffer run = batch.run().duplicate();
    byte[] bytes = new byte[run.remaining()];
    run.get(bytes);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        history.add(java.util.Arrays.copyOfRange(bytes, start, i + 1));
        start = i + 1;
      }
    }
    long first = next;
    next += batch.lineCount();
    kept.onKept(batch, first);
  }
}
