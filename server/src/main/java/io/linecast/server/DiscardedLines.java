package io.linecast.server;

import java.nio.ByteBuffer;

/**
 * What a client sends that may not publish: nothing comes of it. Its lines are counted, because
 * whoever sends them believes that they are heard. Owned by the connection's loop.
 *
 * @param listener whose client it is
 * @param input where they come from
 * @param ending what becomes of its connection when it has ended its sending side
 */
record DiscardedLines(LineListener listener, LineInput input, LineConsumer ending)
    implements LineConsumer {

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    listener.onNotPermitted(input.client(), lineCount);
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
