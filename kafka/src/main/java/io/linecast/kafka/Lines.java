package io.linecast.kafka;

import org.jspecify.annotations.Nullable;

/** Which records' values are lines. */
final class Lines {

  private Lines() {}

  /**
   * Whether it is one.
   *
   * @param value null in a tombstone
   * @param maxBytes the longest line, with its line feed
   */
  static boolean isLine(byte @Nullable [] value, int maxBytes) {
    if (value == null || value.length >= maxBytes) {
      return false;
    }
    for (byte each : value) {
      if (each == '\n') {
        return false;
      }
    }
    return true;
  }
}
