package io.linecast.server;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends that may not publish: nothing comes of it. Its lines are counted, because
 * whoever sends them believes that they are heard. Owned by the connection's loop.
 *
 * @param listener whose client it is
 * @param input where they come from
 * @param ending what becomes of its connection when it has ended its sending side
 * @param pace how fast it may send even that; null: as fast as it likes
 */
record DiscardedLines(
    LineListener listener, LineInput input, LineConsumer ending, @Nullable SendPace pace)
    implements LineConsumer {

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    listener.onNotPermitted(input.client(), lineCount);
    if (pace != null) {
      pace.onDiscarded(lineCount, run.remaining());
    }
  }

  @Override
  public void onDiscarded(int bytes) {
    if (pace != null) {
      pace.onDiscarded(0, bytes);
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    listener.onNotPermitted(input.client(), 1);
  }

  /** Half a line that is discarded is none. */
  @Override
  public boolean completesLastLine() {
    return false;
  }

  @Override
  public void onEnd() {
    ending.onEnd();
  }
}
