package io.linecast.core.simulation;

import io.linecast.core.StretchedEncoding;

/** What fills the lines of a client that hears them stretched, wherever they are cut. */
final class Filling {

  private final boolean stretched;

  /** Bytes to come that are nothing else. */
  private int ahead;

  Filling(boolean stretched) {
    this.stretched = stretched;
  }

  /** Leaves it out of the client's next bytes; returns how many are left. */
  int leaveOut(byte[] bytes, int length) {
    if (!stretched) {
      return length;
    }
    int left = 0;
    for (int i = 0; i < length; i++) {
      if (ahead > 0) {
        ahead--;
      } else {
        bytes[left++] = bytes[i];
        ahead = StretchedEncoding.fillingBehind(bytes[i]);
      }
    }
    return left;
  }
}
