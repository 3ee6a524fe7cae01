package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Account;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one client must receive, byte for byte, and how much of it is there: the transcript from its
 * start to its finish, with numbers or without, less its own lines, less the gaps it was told of.
 */
final class Expectation {

  private static final int NO_FINISH = Integer.MAX_VALUE;
  private static final byte[] NO_PREFIX = {};
  private static final Pattern VOID = Pattern.compile("GAP (\\d+) (\\d+) void\n");

  private final Transcript transcript;
  private final SimulatedMember client;
  private final int start;
  private final boolean numbered;

  /** The line that the next byte belongs to, and how much of that line is there. */
  private int line;

  private int offset;

  /** What comes before the text of a line, as far as it is known. */
  private byte[] prefix = NO_PREFIX;

  private int prefixLine = -1;
  private int finish = NO_FINISH;
  private int own;
  private int delivered;
  private int skipped;

  /** Voids in gaps that are not said to be: numbers of arrears, which may count as lines. */
  private int voidsSkipped;

  /** What there is of a line that says that numbers are void. */
  private final StringBuilder gap = new StringBuilder();

  Expectation(Transcript transcript, SimulatedMember client, int start, boolean numbered) {
    this.transcript = transcript;
    this.client = client;
    this.start = start;
    this.numbered = numbered;
    this.line = start;
  }

  /** The client's own lines were accepted. */
  void onOwn(int lines) {
    own += lines;
  }

  /** Of the lines before it came, some may be its own too; returns how many. */
  int passEarlierOwn(int linesBefore) {
    for (int earlier = start; earlier < linesBefore; earlier++) {
      own += isOwn(earlier) ? 1 : 0;
    }
    return own;
  }

  /** Nothing accepted later than now is for this client. */
  void finishHere() {
    finishAt(transcript.lines());
  }

  /** Nothing behind so many lines is for this client. */
  void finishAt(int lines) {
    if (finish == NO_FINISH) {
      finish = lines;
    }
  }

  boolean isFinishing() {
    return finish != NO_FINISH;
  }

  /** The next bytes of the client's stream. */
  void onBytes(byte[] found, int length) {
    for (int from = 0; from < length; ) {
      passOwn();
      unless(line < end(), "%s: bytes after line %d, its last", client, line);
      if (transcript.isVoid(line)) {
        from += onVoid(found, from, length);
        continue;
      }
      int ofPrefix = onPrefix(found, from, length);
      from += ofPrefix;
      offset += ofPrefix;
      int at = transcript.start(line) + offset - prefix.length;
      if (from == length) {
        return;
      }
      int count = Math.min(length - from, transcript.end(line) - at);
      if (!transcript.matches(at, found, from, count)) {
        String text = new String(found, from, count, StandardCharsets.ISO_8859_1);
        throw new SimulationFailure(
            "%s: line %d from byte %d is\n  %s, not\n  %s"
                .formatted(client, line + 1, offset, text, transcript.text(at, at + count)));
      }
      from += count;
      offset += count;
      if (at + count == transcript.end(line)) {
        line++;
        offset = 0;
        delivered++;
      }
    }
  }

  /** How many of the bytes belong to what says that numbers are void. */
  private int onVoid(byte[] found, int from, int length) {
    int to = from;
    while (to < length && found[to++] != '\n') {}
    gap.append(new String(found, from, to - from, StandardCharsets.US_ASCII));
    if (found[to - 1] == '\n') {
      String words = gap.toString();
      gap.setLength(0);
      Matcher numbers = VOID.matcher(words);
      unless(numbers.matches(), "%s: at void %d comes %s", client, line + 1, words);
      client.channel().attendance().note(Occasion.VOID);
      onVoid(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
    }
    return to - from;
  }

  /** The client was told that no line has these numbers. */
  void onVoid(long firstLine, long lastLine) {
    unless(numbered, "%s: told of void numbers", client);
    unless(isBetweenLines(), "%s: told of void numbers in mid of line %d", client, line + 1);
    passOwn();
    unless(line == firstLine - 1, "%s: void from %d, at line %d", client, firstLine, line + 1);
    unless(lastLine <= end(), "%s: void to %d beyond its end", client, lastLine);
    for (; line < lastLine; line++) {
      unless(transcript.isVoid(line), "%s: line %d is not void", client, line + 1);
    }
  }

  private boolean isBetweenLines() {
    return offset == 0 && gap.isEmpty();
  }

  /** How many of the bytes belong to what comes before the text. */
  private int onPrefix(byte[] found, int from, int length) {
    if (!numbered) {
      return 0;
    }
    if (prefixLine != line) {
      prefixLine = line;
      prefix = ("LINE " + (line + 1) + " ").getBytes(StandardCharsets.US_ASCII);
    }
    int count = Math.max(0, Math.min(length - from, prefix.length - offset));
    if (count > 0 && !Arrays.equals(prefix, offset, offset + count, found, from, from + count)) {
      String text = new String(found, from, count, StandardCharsets.ISO_8859_1);
      throw new SimulationFailure(
          "%s: line %d begins with %s at byte %d".formatted(client, line + 1, text, offset));
    }
    return count;
  }

  /** The client was told that lines are gone; numbers as on the wire, from 1. */
  void onGap(long firstLine, long lastLine) {
    unless(isBetweenLines(), "%s: a gap in the middle of line %d", client, line + 1);
    unless(firstLine <= lastLine, "%s: a gap of nothing before %d", client, firstLine);
    while (line < firstLine - 1) {
      unless(
          isOwn() || isVoidUntold(),
          "%s: line %d neither came nor is it in a gap",
          client,
          line + 1);
      line++;
    }
    unless(line == firstLine - 1, "%s: a gap from %d, at line %d", client, firstLine, line + 1);
    unless(lastLine <= end(), "%s: a gap to %d beyond its end", client, lastLine);
    for (; line < lastLine; line++) {
      boolean isVoid = transcript.isVoid(line);
      voidsSkipped += isVoid ? 1 : 0;
      skipped += isOwn() || isVoid ? 0 : 1;
    }
  }

  /** Whether everything there is for the client so far has been handed to its socket. */
  boolean isComplete() {
    passOwn();
    return line == end() && isBetweenLines();
  }

  /** The line that the next byte belongs to; those before are there, or will never be. */
  int line() {
    return line;
  }

  /** How many lines up to now it has heard, has sent, or will never hear. */
  int linesPassed() {
    passOwn();
    return line;
  }

  /** How far behind the newest line the next one is, in bytes of lines. */
  int lagBytes() {
    return transcript.bytesSince(line) - offset;
  }

  /** What the engine's account has to be, if so many lines' ends are owed to the socket. */
  Account account(int owedLines) {
    int eligible = end() - start - transcript.voidsBetween(start, end()) - own;
    int arrived = delivered - owedLines;
    return new Account(eligible, arrived, skipped, eligible - arrived - skipped);
  }

  /** Lines that came whole, those owed to the socket included. */
  int delivered() {
    return delivered;
  }

  int voidsSkipped() {
    return voidsSkipped;
  }

  /** How many numbers that no line has it has still to be told of. */
  int voidsAhead() {
    return transcript.voidsBetween(line, end());
  }

  private int end() {
    return Math.min(finish, transcript.lines());
  }

  private void passOwn() {
    while (isBetweenLines() && line < end() && (isOwn() || isVoidUntold())) {
      line++;
    }
  }

  /** Whether a line is accepted at a time at which lines are for the client. */
  boolean isBeforeEnd(int itsLine) {
    return itsLine < finish;
  }

  /** Who hears no numbers is told of none. */
  private boolean isVoidUntold() {
    return !numbered && transcript.isVoid(line);
  }

  private boolean isOwn() {
    return isOwn(line);
  }

  private boolean isOwn(int itsLine) {
    SimulatedMember sender = transcript.sender(itsLine);
    return sender != null && client.isOwn(itsLine, sender);
  }
}
