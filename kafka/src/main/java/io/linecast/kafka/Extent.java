package io.linecast.kafka;

import java.util.concurrent.ConcurrentSkipListSet;

/** Where a partition's lines begin and end, and which records are none. Safe from any thread. */
final class Extent {

  /** So many of the records that are no lines are known at most, the newest. */
  private static final int MOST_PASSED_OVER = 100_000;

  /** The first offset that can be read. Volatile, as all here: written by one thread each. */
  private volatile long begin;

  /** Behind the last one, also where consumers may not read that far yet. */
  private volatile long end;

  /** The last number handed back. */
  private volatile long handedBack;

  /** Offsets of records that say again what an earlier one has said, or are another channel's. */
  private final ConcurrentSkipListSet<Long> passedOver = new ConcurrentSkipListSet<>();

  Extent(long begin, long end) {
    onLook(begin, end);
    handedBack = end;
  }

  /** It begins there, or has begun further on since. */
  void onBegin(long newBegin) {
    begin = Math.max(begin, newBegin);
  }

  void onLook(long newBegin, long newEnd) {
    onBegin(newBegin); // a reader may have seen later than this look that it begins further on
    end = newEnd;
  }

  void onHandedBack(long line) {
    handedBack = line;
  }

  /** No line, although it looks like one. */
  void onPassedOver(long offset) {
    passedOver.add(offset);
    if (passedOver.size() > MOST_PASSED_OVER) {
      passedOver.pollFirst();
    }
  }

  boolean isPassedOver(long offset) {
    return passedOver.contains(offset);
  }

  long begin() {
    return begin;
  }

  long handedBack() {
    return handedBack;
  }

  long lagLines() {
    return Math.max(0, end - handedBack);
  }
}
