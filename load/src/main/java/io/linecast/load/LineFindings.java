package io.linecast.load;

/** What was wrong with the lines that were read in full, over all connections of a run. */
final class LineFindings {
  private long verified;
  private long missing;
  private long duplicated;
  private long reordered;
  private long torn;
  private long foreign;
  private long own;
  private long misnumbered;

  void add(LineFindings other) {
    verified += other.verified;
    missing += other.missing;
    duplicated += other.duplicated;
    reordered += other.reordered;
    torn += other.torn;
    foreign += other.foreign;
    own += other.own;
    misnumbered += other.misnumbered;
  }

  void addVerified() {
    verified++;
  }

  void addMissing(long lines) {
    missing += lines;
  }

  void addDuplicated() {
    duplicated++;
  }

  void addReordered() {
    reordered++;
  }

  void addTorn() {
    torn++;
  }

  void addForeign() {
    foreign++;
  }

  void addOwn() {
    own++;
  }

  void addMisnumbered() {
    misnumbered++;
  }

  /** Lines that were whole, of this run, another's, and heard for the first time. */
  long verified() {
    return verified;
  }

  /** Lines that never came. */
  long missing() {
    return missing;
  }

  /** Lines that came again. */
  long duplicated() {
    return duplicated;
  }

  /** Lines that came after a later one of their sender. */
  long reordered() {
    return reordered;
  }

  /** Stretches up to an LF that are no line of the load's format. */
  long torn() {
    return torn;
  }

  /** Whole lines that no sender of this run has sent. */
  long foreign() {
    return foreign;
  }

  /** Lines that came back to their sender. */
  long own() {
    return own;
  }

  /** Lines whose number was not by one higher than that of the line before. */
  long misnumbered() {
    return misnumbered;
  }

  boolean isClean() {
    return missing + duplicated + reordered + torn + foreign + own + misnumbered == 0;
  }
}
