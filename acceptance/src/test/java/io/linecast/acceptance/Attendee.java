package io.linecast.acceptance;

import java.time.Duration;

/** A client that can say whether it has heard a fence. */
public interface Attendee {

  /** Hears on until a fence of this number or a later one, or until the time is over. */
  boolean hearsFence(int number, Duration atMost);
}
