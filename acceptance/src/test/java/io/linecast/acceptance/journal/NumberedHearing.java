package io.linecast.acceptance.journal;

import static java.util.stream.Collectors.joining;

import java.util.BitSet;
import java.util.NavigableMap;
import java.util.stream.IntStream;

/**
 * What one listener has heard: every number once, in its order, as a line or as one that no line
 * has. One thread hears; the test's may look.
 */
final class NumberedHearing {

  private static final int SHOWN = 10;

  private final String listener;
  private final Ledger ledger;
  private final BitSet lines = new BitSet();

  /** Up to which number it has heard. Written by its thread, looked at by the test's. */
  private volatile long last;

  NumberedHearing(String listener, Ledger ledger) {
    this.listener = listener;
    this.ledger = ledger;
  }

  long last() {
    return last;
  }

  void onLine(long number, String text) {
    if (number != last + 1) {
      ledger.onTrouble(listener + ": line " + number + " behind " + last);
    }
    lines.set((int) number);
    ledger.onHeard(number, text);
    last = number;
  }

  /** No line has these numbers. */
  void onVoid(long first, long end) {
    if (first != last + 1 || end < first) {
      ledger.onTrouble(listener + ": void numbers " + first + " to " + end + " behind " + last);
    }
    last = end;
  }

  void onTrouble(String what) {
    ledger.onTrouble(listener + ", behind " + last + ": " + what);
  }

  /**
   * How many numbers it takes otherwise than the log, up to where it has heard; nothing comes any
   * more.
   */
  int disagreements(NavigableMap<Long, String> kept) {
    BitSet different = new BitSet();
    kept.headMap(last, true).keySet().forEach(number -> different.set(number.intValue()));
    different.xor(lines);
    if (!different.isEmpty()) {
      IntStream some = different.stream().limit(SHOWN);
      System.out.println(
          listener + " disagrees: " + some.mapToObj(Integer::toString).collect(joining(" ")));
    }
    return different.cardinality();
  }
}
