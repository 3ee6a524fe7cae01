package io.linecast.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * Follows, for one connection, the sequence numbers of each sender. A jump ahead leaves a gap; a
 * line that falls into a gap was reordered, and one that does not has come before.
 */
final class SequenceCheck {
  /** Beyond this many gaps there is no use in telling late lines from repeated ones. */
  private static final int GAPS_MAX = 10_000;

  private static final int SENDER_SHIFT = 32;

  private final LineFindings findings;
  private final int[] next;
  private final TreeMap<Long, Long> gaps = new TreeMap<>(); // first key missing → last key missing

  SequenceCheck(int senders, LineFindings findings) {
    this.next = new int[senders];
    this.findings = findings;
  }

  void accept(int sender, int sequence) {
    int expected = next[sender];
    if (sequence == expected) {
      next[sender] = expected + 1;
      findings.addVerified();
    } else if (sequence > expected) {
      openGap(sender, expected, sequence - 1);
      next[sender] = sequence + 1;
      findings.addVerified();
    } else {
      acceptLate(key(sender, sequence));
    }
  }

  /** Counts the lines at the end that never came, when a sender has sent {@code lines} lines. */
  void finishSender(int sender, long lines) {
    findings.addMissing(Math.max(0, lines - next[sender]));
  }

  /** Counts the lines in between that never came. */
  void finishGaps() {
    gaps.forEach((first, last) -> findings.addMissing(last - first + 1));
  }

  private void openGap(int sender, int first, int last) {
    if (gaps.size() < GAPS_MAX) {
      gaps.put(key(sender, first), key(sender, last));
    } else {
      findings.addMissing(last - first + 1L);
    }
  }

  private void acceptLate(long key) {
    Map.Entry<Long, Long> gap = gaps.floorEntry(key);
    if (gap == null || gap.getValue() < key) {
      findings.addDuplicated();
      return;
    }
    gaps.remove(gap.getKey());
    if (gap.getKey() < key) {
      gaps.put(gap.getKey(), key - 1);
    }
    if (key < gap.getValue()) {
      gaps.put(key + 1, gap.getValue());
    }
    findings.addReordered();
    findings.addVerified();
  }

  private static long key(int sender, int sequence) {
    return (long) sender << SENDER_SHIFT | sequence;
  }
}
