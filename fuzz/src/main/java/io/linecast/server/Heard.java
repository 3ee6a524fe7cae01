package io.linecast.server;

import io.linecast.fuzz.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an acknowledged client has been sent, taken apart: it must be what docs/protocol.md says.
 *
 * @param answer to its hello
 * @param answers each {@code SENT} and {@code FAIL}
 * @param pongs the answers to its {@code PING}s
 * @param lines what it has heard, by numbers that rise
 * @param bye the last line, if it has come
 */
record Heard(
    String answer,
    List<Answer> answers,
    List<String> pongs,
    List<Numbered> lines,
    Optional<String> bye) {

  /**
   * What became of a {@code SEND}.
   *
   * @param line the line's number; 0: it was refused
   */
  record Answer(long number, long line, String text) {}

  /** A line that was heard. */
  record Numbered(long line, String text) {}

  private static final Pattern SENT = Pattern.compile("SENT (\\d+) (\\d+) \\d+");
  private static final Pattern FAIL = Pattern.compile("FAIL (\\d+) [a-z-]+ .*");
  private static final Pattern LINE = Pattern.compile("LINE (\\d+) (.*)", Pattern.DOTALL);
  private static final Pattern GAP = Pattern.compile("GAP (\\d+) (\\d+) (slow|expired|epoch)");
  private static final Pattern BYE = Pattern.compile("BYE [a-z-]+ .+");

  /** Lines as characters, a byte each; the last may have no end. */
  static List<String> linesOf(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
  }

  /** Takes apart what was sent to a client whose nonce this is. */
  static Heard of(byte[] written, String nonce) {
    List<String> lines = linesOf(written);
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith("LINECAST/1 " + nonce + " ")) {
      at++; // it was a plain client until then
    }
    Property.require(at < lines.size(), () -> "the hello has no answer: " + lines);
    Heard heard =
        new Heard(
            lines.get(at),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            lines.getLast().startsWith("BYE ")
                ? Optional.of(lines.getLast().strip())
                : Optional.empty());
    lines.subList(at + 1, lines.size()).forEach(heard::add);
    return heard;
  }

  private void add(String whole) {
    Property.require(whole.endsWith("\n"), () -> "a line has no end: " + whole);
    String line = whole.substring(0, whole.length() - 1);
    Matcher sent = SENT.matcher(line);
    Matcher fail = FAIL.matcher(line);
    Matcher heard = LINE.matcher(line);
    if (sent.matches()) {
      answers.add(new Answer(Long.parseLong(sent.group(1)), Long.parseLong(sent.group(2)), line));
    } else if (fail.matches()) {
      answers.add(new Answer(Long.parseLong(fail.group(1)), 0, line));
    } else if (heard.matches()) {
      hear(Long.parseLong(heard.group(1)), heard.group(2));
    } else if (line.startsWith("PONG")) {
      pongs.add(line);
    } else {
      boolean known = GAP.matcher(line).matches() || BYE.matcher(line).matches();
      Property.require(known, () -> "no line of LINECAST/1: '" + line + "'");
      boolean last = !line.startsWith("BYE ") || bye.equals(Optional.of(line));
      Property.require(last, () -> "something follows '" + line + "'");
    }
  }

  private void hear(long line, String text) {
    long before = lines.isEmpty() ? 0 : lines.getLast().line();
    Property.require(line > before, () -> "line " + line + " comes behind " + before);
    lines.add(new Numbered(line, text));
  }
}
