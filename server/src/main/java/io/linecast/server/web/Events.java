package io.linecast.server.web;

import io.linecast.core.Gap;

/** What an event stream says beside lines, chunk by chunk. Immutable. */
public final class Events {

  /** What a proxy sees of a stream in which nothing happens. */
  public static final String HEARTBEAT = chunk(":\n\n");

  /** The end of the response. */
  public static final String END = "0\r\n\r\n";

  private static final int RETRY_MILLIS = 1_000;

  private final String epoch;

  /**
   * The events of a numbering.
   *
   * @param epoch its name
   */
  public Events(String epoch) {
    this.epoch = epoch;
  }

  /**
   * The stream's beginning: no event, but from now on a browser that reconnects says where it was,
   * even if it has heard nothing.
   */
  public String beginning(long lineBefore) {
    return chunk("retry: %d\nid: %s-%d\n\n".formatted(RETRY_MILLIS, epoch, lineBefore));
  }

  /**
   * Lines that will never come.
   *
   * @param goesOnBehind behind which line the stream goes on
   */
  public String gap(Gap gap, long goesOnBehind) {
    String last = gap.last() == Long.MAX_VALUE ? "null" : Long.toString(gap.last());
    return chunk(
        "event: gap\nid: %s-%d\ndata: {\"first\":%d,\"last\":%s,\"reason\":\"%s\"}\n\n"
            .formatted(epoch, goesOnBehind, gap.first(), last, gap.reason().word()));
  }

  private static String chunk(String ascii) {
    return "%x\r\n%s\r\n".formatted(ascii.length(), ascii);
  }
}
