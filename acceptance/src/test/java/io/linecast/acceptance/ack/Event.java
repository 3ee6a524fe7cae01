package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says after its answer. A text has one char a byte. */
sealed interface Event {

  /** Line {@code n} of the client's is line {@code seq}. */
  record Sent(long n, long seq, long clients) implements Event {
    @Override
    public Event uncounted() {
      return new Sent(n, seq, 0);
    }
  }

  /** Line {@code n} of the client's was refused. */
  record Fail(long n, String code) implements Event {}

  /** Somebody else's line. */
  record Line(long seq, String text) implements Event {}

  /** Lines that will never come. */
  record Gap(long first, long last, String reason) implements Event {}

  /** To be answered with a {@link Pong}. */
  record Ping(String text) implements Event {}

  /** The answer to a {@code PING}. */
  record Pong(String text) implements Event {}

  /** The last line. */
  record Bye(String code) implements Event {}

  /**
   * The same, were it not for the number of clients, which depends on who was here before and has
   * not been seen to leave.
   */
  default Event uncounted() {
    return this;
  }

  /** Reads a line as strictly as the grammar has it. */
  static Event parse(byte[] line) {
    String text = new String(line, ISO_8859_1);
    Matcher matcher = Grammar.EVENT.matcher(text);
    if (!matcher.matches()) {
      throw new AssertionError("this is no event of LINECAST/1: '" + shown(text) + "'");
    }
    return switch (text.substring(0, 4)) {
      case "SENT" -> new Sent(number(matcher, 1), number(matcher, 2), count(matcher, 3));
      case "FAIL" -> new Fail(number(matcher, 4), code(matcher, 5, Grammar.FAIL_CODES));
      case "LINE" -> new Line(number(matcher, 6), text(matcher, 7));
      case "GAP " -> new Gap(number(matcher, 8), number(matcher, 9), matcher.group(10));
      case "PING" -> new Ping(text(matcher, 11));
      case "PONG" -> new Pong(text(matcher, 12));
      default -> new Bye(code(matcher, 13, Grammar.BYE_CODES));
    };
  }

  /** The first of a text, readable. */
  static String shown(String text) {
    String readable = text.replaceAll("[^\\x20-\\x7E]", "?");
    return readable.length() < 200 ? readable : readable.substring(0, 200) + "...";
  }

  private static long number(MatchResult result, int group) {
    long number = count(result, group);
    if (number == 0) {
      throw new AssertionError("0 is no number: " + shown(result.group()));
    }
    return number;
  }

  private static long count(MatchResult result, int group) {
    return Long.parseLong(result.group(group));
  }

  private static String text(MatchResult result, int group) {
    String text = result.group(group);
    return text == null ? "" : text;
  }

  private static String code(MatchResult result, int group, Set<String> codes) {
    String code = result.group(group);
    if (!codes.contains(code)) {
      throw new AssertionError("no code for this place: " + shown(result.group()));
    }
    return code;
  }

  /** The grammar of a server's lines, and which codes may stand where. */
  final class Grammar {
    private static final String NUMBER = "(\\d{1,19})";
    private static final String CODE = "([a-z-]+)";

    static final Pattern EVENT =
        Pattern.compile(
            ("SENT N N (\\d{1,10})|FAIL N C .*|LINE N (.*)"
                    + "|GAP N N (slow|expired|epoch)|PING(?: (.*))?|PONG(?: (.*))?|BYE C .*")
                .replace(" N", " " + NUMBER)
                .replace(" C", " " + CODE),
            Pattern.DOTALL);

    static final Set<String> FAIL_CODES =
        Set.of("bad-number", "too-long", "duplicate", "rate", "journal", "shutting-down");
    static final Set<String> BYE_CODES =
        Set.of(
            "bad-verb",
            "bad-number",
            "too-long",
            "duplicate",
            "overload",
            "shutting-down",
            "slow",
            "idle",
            "quit");

    private Grammar() {}
  }
}
