package io.linecast.load;

import java.util.stream.LongStream;

/**
 * The deliveries of a share, by counting: what each connection that listens should have received,
 * which is all lines but its own, against what it has.
 *
 * @param lost lines that some connection has not received
 * @param surplus lines that some connection has received beyond its due
 * @param broken connections whose bytes do not come to whole lines
 */
record Balance(long expected, long received, long lost, long surplus, long broken) {
  static final Balance NOTHING = new Balance(0, 0, 0, 0, 0);

  /**
   * @param sentLines how many lines each sender of all shares has sent
   */
  static Balance of(Fleet fleet, Share share, long[] sentLines) {
    long sent = LongStream.of(sentLines).sum();
    LineLengths lengths = share.lengths();
    Balance sum = NOTHING;
    for (int i = share.firstListener(); i < fleet.size(); i++) {
      int own = share.ownSender(i);
      long due = sent - (own == Share.NOBODY ? 0 : sentLines[own]);
      long first = fleet.firstNumber(i);
      long came = lengths.lines(first, fleet.receivedBytes(i));
      long rest = fleet.receivedBytes(i) - lengths.bytes(first, came);
      sum =
          sum.plus(
              new Balance(
                  due, came, Math.max(0, due - came), Math.max(0, came - due), Math.min(1, rest)));
    }
    return sum;
  }

  /** The bytes of all these deliveries, whether they have come or not. */
  static long expectedBytes(Fleet fleet, Share share, long[] sentLines) {
    long sent = LongStream.of(sentLines).sum();
    long bytes = 0;
    for (int i = share.firstListener(); i < fleet.size(); i++) {
      int own = share.ownSender(i);
      long due = sent - (own == Share.NOBODY ? 0 : sentLines[own]);
      bytes += share.lengths().bytes(fleet.firstNumber(i), due);
    }
    return bytes;
  }

  Balance plus(Balance other) {
    return new Balance(
        expected + other.expected,
        received + other.received,
        lost + other.lost,
        surplus + other.surplus,
        broken + other.broken);
  }

  boolean isEven() {
    return lost + surplus + broken == 0;
  }
}
