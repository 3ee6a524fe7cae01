package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.linecast.core.Gap;
import io.netty.buffer.ByteBuf;

/** What an event stream says beside lines, chunk by chunk. Immutable. */
public final class Events {

  /** What a proxy sees of a stream in which nothing happens. */
  public static final String HEARTBEAT = chunk(":\n\n");

  /** The end of the response. */
  public static final String END = "0\r\n\r\n";

  private static final int RETRY_MILLIS = 1_000;

  /** How soon to come back; the beginning of a stream whose events have no numbers. */
  public static final String RECONNECT = chunk("retry: " + RETRY_MILLIS + "\n\n");

  private static final byte[] DATA = "data: ".getBytes(US_ASCII);
  private static final byte[] DATA_END = "\n\n".getBytes(US_ASCII);
  private static final byte[] CHUNK_END = "\r\n".getBytes(US_ASCII);

  /** What an event has beside its data. */
  public static final int AROUND_DATA_MAX_BYTES = 32;

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

  /** An event without a number whose data are one line of text. */
  public static void putData(ByteBuf to, byte[] text) {
    int bytes = DATA.length + text.length + DATA_END.length;
    to.writeCharSequence(Integer.toHexString(bytes), US_ASCII);
    to.writeBytes(CHUNK_END).writeBytes(DATA).writeBytes(text).writeBytes(DATA_END);
    to.writeBytes(CHUNK_END);
  }

  private static String chunk(String ascii) {
    return "%x\r\n%s\r\n".formatted(ascii.length(), ascii);
  }
}
