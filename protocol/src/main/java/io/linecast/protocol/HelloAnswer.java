package io.linecast.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to a hello that was accepted: {@code LINECAST/1 <nonce> ok name=value …}. Immutable.
 *
 * @param channel whose lines come
 * @param next the number that the channel's next line will have
 * @param oldest the lowest number that can still be had; {@code next} if there is none
 * @param journal how lasting {@code stored} is
 * @param epoch names one unbroken numbering
 * @param maxLineBytes the longest line, its line feed included
 * @param heartbeatSeconds silence after which the server sends a {@code PING}; 0: never
 * @param last the highest number that the named publisher has used; empty if none was named
 */
public record HelloAnswer(
    String nonce,
    String channel,
    long next,
    long oldest,
    String journal,
    String epoch,
    int maxLineBytes,
    int heartbeatSeconds,
    OptionalLong last) {

  private static final String SHARED_JOURNAL = "kafka";

  /** Whether other servers have the same journal, and give the same numbers. */
  public boolean isShared() {
    return journal.equals(SHARED_JOURNAL);
  }

  /** The line, without its line feed. */
  public String format() {
    String line =
        Words.VERSION
            + " "
            + nonce
            + " ok channel="
            + channel
            + " next="
            + next
            + " oldest="
            + oldest
            + " journal="
            + journal
            + " epoch="
            + epoch
            + " max-line="
            + maxLineBytes
            + " heartbeat="
            + heartbeatSeconds;
    return last.isPresent() ? line + " last=" + last.getAsLong() : line;
  }

  /**
   * Reads a line that may be the answer to a hello.
   *
   * @param line without its line feed
   * @return empty if it is not the answer that bears the nonce: it belongs to the plain stream
   * @throws HelloException if the server has refused, or its answer is no answer
   */
  public static Optional<HelloAnswer> parse(String line, String nonce) {
    String[] words = line.split(" ", -1);
    if (words.length < 3 || !words[0].equals(Words.VERSION)) {
      return Optional.empty();
    }
    if (!words[1].equals(nonce)) {
      return Optional.empty();
    }
    if (words[2].equals("no")) {
      throw refusal(words, nonce);
    }
    if (!words[2].equals("ok")) {
      throw new HelloException(nonce, Code.BAD_HELLO, "the answer is neither ok nor no");
    }
    return Optional.of(read(Words.parameters(words, 3, nonce), nonce));
  }

  private static HelloException refusal(String[] words, String nonce) {
    Code code = words.length > 3 ? Code.of(words[3]).orElse(Code.BAD_HELLO) : Code.BAD_HELLO;
    StringBuilder text = new StringBuilder();
    for (int i = 4; i < words.length; i++) {
      text.append(i == 4 ? "" : " ").append(words[i]);
    }
    return new HelloException(nonce, code, text.toString());
  }

  private static HelloAnswer read(Map<String, String> values, String nonce) {
    return new HelloAnswer(
        nonce,
        values.getOrDefault("channel", ""),
        number(values, "next", nonce),
        number(values, "oldest", nonce),
        values.getOrDefault("journal", ""),
        values.getOrDefault("epoch", ""),
        (int) Math.min(Integer.MAX_VALUE, number(values, "max-line", nonce)),
        (int) Math.min(Integer.MAX_VALUE, number(values, "heartbeat", nonce)),
        values.containsKey("last")
            ? OptionalLong.of(number(values, "last", nonce))
            : OptionalLong.empty());
  }

  private static long number(Map<String, String> values, String name, String nonce) {
    long number = Decimal.parse(values.getOrDefault(name, ""));
    if (number == Decimal.NONE) {
      throw new HelloException(nonce, Code.BAD_HELLO, "the answer has no number " + name);
    }
    return number;
  }
}
