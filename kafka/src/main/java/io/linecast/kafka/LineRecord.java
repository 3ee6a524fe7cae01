package io.linecast.kafka;

import io.linecast.core.Numbering;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a record says beside its line. One of linecast's bears the header {@value #MARK}; only then
 * do the others mean anything here.
 *
 * @param node the server process that wrote it; empty if that was no linecast
 * @param sequence how many lines that process had written to the partition, this one included
 * @param channel the channel that it was written for
 * @param origin where the line came from, in words for people
 * @param publisher who gave the line its number; empty if nobody did
 * @param number that number
 */
record LineRecord(
    String node, long sequence, String channel, String origin, String publisher, long number) {

  static final String MARK = "linecast";
  static final String CHANNEL = "channel";
  static final String ORIGIN = "origin";
  static final String PUBLISHER = "publisher";
  static final String NUMBER = "number";

  private static final LineRecord FOREIGN = new LineRecord("", 0, "", "", "", 0);

  /** Whether a linecast wrote it. */
  boolean isOurs() {
    return !node.isEmpty();
  }

  /** Whether its sender can say it again without making a second line. */
  boolean isNumbered() {
    return !publisher.isEmpty();
  }

  /** Headers that a batch's lines have in common. */
  static List<Header> shared(String channel, String origin, @Nullable Numbering numbering) {
    Header ofChannel = header(CHANNEL, channel);
    Header ofOrigin = header(ORIGIN, origin);
    return numbering == null || numbering.name().isEmpty()
        ? List.of(ofChannel, ofOrigin)
        : List.of(ofChannel, ofOrigin, header(PUBLISHER, numbering.name()));
  }

  static Header mark(String node, long sequence) {
    return header(MARK, node + '/' + sequence);
  }

  static Header number(long number) {
    return header(NUMBER, Long.toString(number));
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** What a record says. */
  static LineRecord of(ConsumerRecord<byte[], byte[]> written) {
    String mark = "";
    String channel = "";
    String origin = "";
    String publisher = "";
    String number = "";
    for (Header each : written.headers()) {
      switch (each.key()) {
        case MARK -> mark = text(each);
        case CHANNEL -> channel = text(each);
        case ORIGIN -> origin = text(each);
        case PUBLISHER -> publisher = text(each);
        case NUMBER -> number = text(each);
        default -> {} // somebody else's
      }
    }
    int slash = mark.lastIndexOf('/');
    long sequence = slash <= 0 ? 0 : positive(mark.substring(slash + 1));
    if (sequence == 0) {
      return FOREIGN;
    }
    String node = mark.substring(0, slash);
    long numbered = publisher.isEmpty() ? 0 : positive(number);
    return new LineRecord(
        node, sequence, channel, origin, numbered == 0 ? "" : publisher, numbered);
  }

  private static String text(Header header) {
    byte[] value = header.value();
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  /** 0 if it is no such number. */
  private static long positive(String text) {
    if (text.isEmpty() || text.length() > 19) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
