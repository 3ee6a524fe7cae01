package io.linecast.core.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A time in which senders were read no further. Its thread is the one that released them. */
@Name("linecast.Overload")
@Label("Overload")
@Category("linecast")
@Description("Senders were held: the server was behind, its journal, or a client")
@StackTrace(false)
final class OverloadEvent extends Event {

  /** Asked whether anybody records, so that nobody makes an event in order to ask. */
  static final OverloadEvent PROBE = new OverloadEvent();

  @Label("Channel")
  String channel = "";

  @Label("Reason")
  @Description(
      "OVERLOAD: the server itself was behind; STALL: a client was, and the policy is stall;"
          + " JOURNAL: the journal had enough to do, or was in trouble")
  String reason = "";
}
