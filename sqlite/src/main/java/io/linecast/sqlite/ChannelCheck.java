package io.linecast.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether a channel's lines, in their order, are what its row and its publishers' rows say. */
final class ChannelCheck {

  /** Of so many publishers the highest number is known: those whose lines came last. */
  private static final int MOST_PUBLISHERS = 1 << 16;

  private final String channel;
  private final ChannelRow row;
  private final Consumer<String> faults;

  /** The highest number of each, and its line. */
  private final Map<String, Numbered> highest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Numbered> eldest) {
          return size() > MOST_PUBLISHERS;
        }
      };

  private long next;
  private long timeMillis = Long.MIN_VALUE;
  private long bytes;

  /** A publisher's number, and the line it became. */
  private record Numbered(long number, long line) {}

  ChannelCheck(String channel, ChannelRow row, Consumer<String> faults) {
    this.channel = channel;
    this.row = row;
    this.faults = faults;
    this.next = row.first();
  }

  private void fault(String what) {
    faults.accept("channel " + channel + ": " + what);
  }

  /**
   * The next line.
   *
   * @param number 0 if it has none
   * @param length without its line feed
   * @param isTwo whether it has a line feed in it
   */
  void onLine(
      long seq, long millis, @Nullable String publisher, long number, long length, boolean isTwo) {
    if (seq < row.first()) {
      fault("line " + seq + " is there, before the first that is kept, " + row.first());
      return;
    }
    if (seq != next) {
      fault(missing(next, seq - 1));
    }
    if (millis < timeMillis) {
      fault("line " + seq + " is of an earlier time than the line before");
    }
    if (isTwo) {
      fault("line " + seq + " has a line feed in it");
    }
    if (publisher != null && number > 0) {
      onNumber(seq, publisher, number);
    }
    next = seq + 1;
    timeMillis = millis;
    bytes += length + 1;
  }

  private static String missing(long first, long last) {
    return first == last
        ? "line " + first + " is missing"
        : "lines " + first + " to " + last + " are missing";
  }

  private void onNumber(long seq, String publisher, long number) {
    Numbered before = highest.put(publisher, new Numbered(number, seq));
    if (before != null && before.number() >= number) {
      fault(
          "line %d has number %d of publisher %s, whose line %d has number %d already"
              .formatted(seq, number, publisher, before.line(), before.number()));
    }
  }

  /** There is no line more. */
  void onEnd() {
    if (next <= row.last()) {
      fault(missing(next, row.last()) + ", up to the last that its row tells of");
    } else if (next > row.last() + 1) {
      fault("its row tells of " + row.last() + " as the last line, and there is " + (next - 1));
    }
    if (timeMillis > row.timeMillis()) {
      fault("its row tells of an earlier time than its newest line's");
    }
    if (bytes != row.bytes()) {
      fault("its row tells of " + row.bytes() + " bytes, its lines have " + bytes);
    }
  }

  /** What is known of a publisher: its highest number, and the newest line. */
  void onSent(String publisher, long number, long line) {
    if (line > row.last()) {
      fault("publisher " + publisher + " is said to have sent line " + line + ", which never was");
    }
    Numbered newest = highest.get(publisher);
    if (newest != null && newest.number() > number) {
      fault(
          "publisher %s is known up to number %d, and line %d has its number %d"
              .formatted(publisher, number, newest.line(), newest.number()));
    }
  }

  /** A line is said to be of a publisher, and is not. */
  void onOthersLine(String publisher, long number, long line) {
    fault(
        "number %d of publisher %s is said to be line %d, which says otherwise"
            .formatted(number, publisher, line));
  }
}
