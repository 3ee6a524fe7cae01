package io.linecast.server;

import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * What a listener says once it was told that the server stops: others may still wait for its {@code
 * DONE}s, and nothing else counts. Owned by the connection's loop.
 */
record LastWords(LongConsumer onDone) implements LineConsumer {

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    int at = run.position();
    int limit = run.limit();
    for (int i = 0; i < lineCount; i++) {
      int end = LineFeeds.indexOf(run, at, limit);
      if (Request.verb(run, at, end).equals("DONE")) {
        onDone.accept(Request.onlyNumber(run, at, end));
      }
      at = end + 1;
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {}

  @Override
  public boolean completesLastLine() {
    return false;
  }

  /** It leaves because it was told to: that does not mean that it is done. */
  @Override
  public void onEnd() {}
}
