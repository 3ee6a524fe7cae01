package io.linecast.cli;

import java.util.Locale;

/** Puts into words how many others a line goes to. */
final class Audience {

  private Audience() {}

  /** Of somebody who talks. */
  static String hearing(long clients) {
    return others(clients) + (clients < 2 ? " hears you" : " hear you");
  }

  /** Of lines. */
  static String of(long clients) {
    return "to " + others(clients);
  }

  private static String others(long clients) {
    return clients == 0
        ? "nobody else"
        : String.format(Locale.ROOT, clients == 1 ? "%,d other" : "%,d others", clients);
  }
}
