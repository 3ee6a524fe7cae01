package io.linecast.core.simulation;

/** What happens to acknowledged clients, and must have happened often enough to be trusted. */
enum Occasion {
  /** Somebody was let in. */
  ARRIVED,
  /** Somebody was not let in. */
  REFUSED,
  /** Somebody asked for a line that is kept no more. */
  EXPIRED,
  /** Somebody asked for a line of another numbering. */
  OTHER_EPOCH,
  /** Somebody was let in with lines of his own among those that he had still to hear. */
  OWN_EARLIER_LINES,
  /** A connection published when a newer one had taken its place. */
  SUPERSEDED,
  /** A number came again and was answered as the first time. */
  REPEATED,
  /** A number came that had been passed over. */
  PASSED_OVER,
  /** A line was answered once everybody had been written to. */
  WRITTEN,
  /** A line was answered once everybody was done with it. */
  DONE,
  /** A line could not be answered at once. */
  WAITED,
  /** Somebody wanted no more. */
  QUIT,
  /** Somebody closed whom the server had sent away, with lines that he was not done with. */
  LEFT_UNDONE,
  /** A line was given up for which nobody was left to be done with it. */
  HOPELESS,
  /** Arrears were pushed out of the window before they could be sent. */
  ARREARS_LOST,
  /** Somebody fell a whole window behind while he had arrears to hear. */
  LAPPED_IN_ARREARS,
  /** Somebody fell a whole window behind. */
  LAPPED,
  /** Somebody heard lines from the journal. */
  RECALLED,
  /** Lines expired before they could be read from the journal. */
  RECALL_EXPIRED,
  /** Somebody was told in his feed, or in what came from a journal, that no line has a number. */
  VOID,
  /** Somebody was told so for himself. */
  VOID_TOLD
}
