package io.linecast.core;

import io.linecast.protocol.GapReason;
import java.nio.charset.StandardCharsets;

/** Takes everything and keeps it as text, line feeds as spaces. */
final class HearingSink implements Sink {

  private final StringBuilder heard = new StringBuilder();

  String heard() {
    return heard.toString();
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    byte[] bytes = new byte[length];
    segment.bytes().get(offset, bytes);
    heard.append(new String(bytes, StandardCharsets.US_ASCII).replace('\n', ' '));
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
