package io.linecast.cli;

/** How much is logged. */
enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  static final String PROPERTY = "linecast.log-level";

  /** Must come before the first logger is made. */
  void apply() {
    System.setProperty(PROPERTY, name());
  }
}
