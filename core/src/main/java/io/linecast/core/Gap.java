package io.linecast.core;

import io.linecast.protocol.GapReason;

/**
 * Lines that a client will never hear.
 *
 * @param first the number of the first
 * @param last the number of the last
 */
public record Gap(long first, long last, GapReason reason) {

  /** As an acknowledged client is told. */
  @Override
  public String toString() {
    return "GAP " + arguments();
  }

  /** The same without its verb. */
  public String arguments() {
    return first + " " + last + " " + reason.word();
  }
}
