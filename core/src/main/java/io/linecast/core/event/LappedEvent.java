package io.linecast.core.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A client a whole window behind: what it will never hear. */
@Name("linecast.Lapped")
@Label("Lapped")
@Category("linecast")
@Description("A client fell a whole window behind")
@StackTrace(false)
final class LappedEvent extends Event {

  /** Asked whether anybody records, so that nobody makes an event in order to ask. */
  static final LappedEvent PROBE = new LappedEvent();

  @Label("Channel")
  String channel = "";

  @Label("Policy")
  @Description("DISCONNECT: the client was cut off; SKIP: it goes on with newer lines")
  String policy = "";

  @Label("Lines")
  @Description("Lines that the client will not get: skipped, or outstanding when it was cut off")
  long lines;

  @Label("Lag")
  @Description("How far behind the head it was, in bytes of the feed")
  @DataAmount
  long lagBytes;
}
