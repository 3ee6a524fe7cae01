package io.linecast.core;

/** Everything a channel counts; the one source for figures, pages and docs. */
public enum Counter {
  /** Lines that were given a number. */
  ACCEPTED_LINES("lines accepted"),
  /** Bytes of accepted lines, line feeds included. */
  ACCEPTED_BYTES("bytes accepted"),
  /** Lines discarded because they were over the limit. */
  TOO_LONG_LINES("lines over the limit"),
  /** Deliveries that ought to happen: for each line, the clients it is for. */
  ELIGIBLE("deliveries eligible"),
  /** Deliveries made by clients that have left; the ones still here know their own. */
  DELIVERED_TO_DEPARTED("deliveries made to departed clients"),
  /** Deliveries skipped for clients that have left. */
  SKIPPED_BY_DEPARTED("deliveries skipped for departed clients"),
  /** Deliveries that were still to be made when a client left. */
  LOST_WITH_DEPARTED("deliveries outstanding when a client left"),
  /** Times a client fell behind, because its socket was full. */
  LAGGED("times a client lagged"),
  /** Times a lagging client caught up again. */
  CAUGHT_UP("times a client caught up"),
  /** Times a client fell a whole window behind. */
  LAPPED("times a client was lapped"),
  /** Times senders were read no further because the server itself was behind. */
  OVERLOADS("times the server was overloaded"),
  /** Times senders were read no further because a client lagged and the policy is to stall. */
  STALLS("times a slow client stalled the senders"),
  /** Times senders were read no further because the journal had enough to do, or kept nothing. */
  JOURNAL_WAITS("times senders waited for the journal");

  private final String text;

  Counter(String text) {
    this.text = text;
  }

  /** What is counted, in words for people. */
  public String text() {
    return text;
  }
}
