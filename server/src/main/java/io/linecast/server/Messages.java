package io.linecast.server;

import java.nio.ByteBuffer;

/**
 * Lines that came as messages: one that is not whole is none. Owned by the connection's loop.
 *
 * @param lines what the whole ones mean
 */
record Messages(LineConsumer lines) implements LineConsumer {

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    lines.onLines(run, lineCount);
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    lines.onTooLong(beginning);
  }

  @Override
  public boolean completesLastLine() {
    return false;
  }

  @Override
  public void onEnd() {
    lines.onEnd();
  }
}
