package io.linecast.core.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One revolution of a sweep: from its first visit to its end, with what the loop did in between.
 */
@Name("linecast.Sweep")
@Label("Sweep")
@Category("linecast")
@Description("One revolution around a loop's clients of a channel")
@StackTrace(false)
final class SweepEvent extends Event {

  /** Asked whether anybody records, so that nobody makes an event in order to ask. */
  static final SweepEvent PROBE = new SweepEvent();

  @Label("Channel")
  String channel = "";

  @Label("Visits")
  @Description("Clients visited in their turn")
  long visits;

  @Label("Bytes")
  @Description("Bytes that sockets took in these visits")
  @DataAmount
  long bytes;

  @Label("Members")
  @Description("Clients the sweep served when the revolution ended")
  int members;
}
