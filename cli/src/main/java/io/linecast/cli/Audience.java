package io.linecast.cli;

import java.util.Locale;

/** Puts into words how many others a line goes to. */
final class Audience {

  private Audience() {}

  static String words(long clients) {
    return switch (Math.toIntExact(Math.min(clients, Integer.MAX_VALUE))) {
      case 0 -> "nobody else hears you";
      case 1 -> "1 other hears you";
      default -> String.format(Locale.ROOT, "%,d others hear you", clients);
    };
  }
}
