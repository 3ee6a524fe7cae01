package io.linecast.load;

/**
 * The deliveries of a run, by counting: what each connection should have received, which is all
 * lines but its own, against what it has.
 *
 * @param lost lines that some connection has not received
 * @param surplus lines that some connection has received beyond its due
 * @param broken connections whose bytes do not come to whole lines
 */
record Balance(long expected, long received, long lost, long surplus, long broken) {

  static Balance of(Fleet fleet, Senders senders, int lineBytes) {
    long expected = 0;
    long received = 0;
    long lost = 0;
    long surplus = 0;
    long broken = 0;
    long sent = senders.totalSentLines();
    for (int i = 0; i < fleet.size(); i++) {
      long due = sent - senders.sentLines(i);
      long came = fleet.receivedBytes(i) / lineBytes;
      expected += due;
      received += came;
      lost += Math.max(0, due - came);
      surplus += Math.max(0, came - due);
      broken += fleet.receivedBytes(i) % lineBytes == 0 ? 0 : 1;
    }
    return new Balance(expected, received, lost, surplus, broken);
  }

  boolean isEven() {
    return lost + surplus + broken == 0;
  }
}
