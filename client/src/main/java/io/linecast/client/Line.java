package io.linecast.client;

import java.nio.charset.StandardCharsets;

/** Somebody else's line. Its bytes are the caller's own; otherwise immutable. */
public final class Line implements Event {

  private final long seq;
  private final String epoch;
  private final byte[] bytes;

  Line(long seq, String epoch, byte[] bytes) {
    this.seq = seq;
    this.epoch = epoch;
    this.bytes = bytes;
  }

  /** Its number in the channel; together with {@link #epoch} it is its name for ever. */
  public long seq() {
    return seq;
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public Position after() {
    return new Position(epoch, seq);
  }

  /** Its bytes without the line feed, exactly as they were sent. Not a copy, and nobody else's. */
  public byte[] bytes() {
    return bytes;
  }

  /** Its bytes read as UTF-8; what is not UTF-8 in it becomes U+FFFD. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return seq + " " + text();
  }
}
