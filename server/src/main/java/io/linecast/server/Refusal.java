package io.linecast.server;

import io.linecast.protocol.Code;

/** Why nothing comes of a {@code SEND}: what its {@code FAIL} says behind the number. */
enum Refusal {
  /** The server accepts no line any more. */
  STOPPING(0, Code.SHUTTING_DOWN, "the server is stopping"),
  /** The text is longer than a line may be. */
  TOO_LONG(1, Code.TOO_LONG, "the text is longer than max-line"),
  /** A higher number was used, and this one was not. */
  PASSED_OVER(2, Code.BAD_NUMBER, "numbers rise, and a higher one was used"),
  /** A higher number was used, and nobody knows of this one. */
  FORGOTTEN(3, Code.DUPLICATE, "too long ago to be known: it may have been sent"),
  /** The client may not publish. */
  NOT_PERMITTED(4, Code.AUTH, "it may not publish here"),
  /** It came faster than allowed, and its sender has asked not to wait. */
  RATE(5, Code.RATE, "faster than allowed (max-lines-rate, max-bytes-rate)"),
  /** The journal cannot keep it. */
  JOURNAL(6, Code.JOURNAL, "the line could not be kept; the server's log says why");

  private static final Refusal[] ALL = values();

  private final int number;
  private final String words;

  Refusal(int number, Code code, String text) {
    this.number = number;
    this.words = " " + code.word() + " " + text + "\n";
  }

  /** The one of that number. */
  static Refusal of(long number) {
    return ALL[(int) number];
  }

  /** Its place among all, from 0 on. */
  int number() {
    return number;
  }

  /** A blank, the code, the text and a line feed, all ASCII. */
  String words() {
    return words;
  }
}
