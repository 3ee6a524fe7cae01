package io.linecast.core;

import io.linecast.protocol.GapReason;

/** A socket that takes everything at no cost, so that what is left to measure is the engine. */
final class TakingSink implements Sink {

  private long bytes;

  long bytes() {
    return bytes;
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    bytes += length;
    return length;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    throw new IllegalStateException("it is never full");
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    throw new IllegalStateException("it is never late");
  }

  @Override
  public void finish(CloseReason reason) {
    throw new IllegalStateException("it never ends");
  }

  @Override
  public void close(CloseReason reason) {
    throw new IllegalStateException("it is never closed: " + reason);
  }
}
