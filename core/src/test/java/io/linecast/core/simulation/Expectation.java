package io.linecast.core.simulation;

import static io.linecast.core.simulation.SimulationFailure.unless;

import io.linecast.core.Account;
import java.nio.charset.StandardCharsets;

/**
 * What one client must receive, byte for byte, and how much of it is there: the transcript from its
 * start to its finish, less its own lines, less the gaps it was told of.
 */
final class Expectation {

  private static final int NO_FINISH = Integer.MAX_VALUE;

  private final Transcript transcript;
  private final SimulatedClient client;
  private final int start;

  /** The line that the next byte belongs to, and how much of that line is there. */
  private int line;

  private int offset;
  private int finish = NO_FINISH;
  private int own;
  private int delivered;
  private int skipped;

  Expectation(Transcript transcript, SimulatedClient client, int start) {
    this.transcript = transcript;
    this.client = client;
    this.start = start;
    this.line = start;
  }

  /** The client's own lines were accepted. */
  void onOwn(int lines) {
    own += lines;
  }

  /** Nothing accepted later than now is for this client. */
  void finishHere() {
    if (finish == NO_FINISH) {
      finish = transcript.lines();
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
      int at = transcript.start(line) + offset;
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

  /** The client was told that lines are gone; numbers as on the wire, from 1. */
  void onGap(long firstLine, long lastLine) {
    unless(offset == 0, "%s: a gap in the middle of line %d", client, line + 1);
    unless(firstLine <= lastLine, "%s: a gap of nothing before %d", client, firstLine);
    while (line < firstLine - 1) {
      unless(isOwn(), "%s: line %d neither came nor is it in a gap", client, line + 1);
      line++;
    }
    unless(line == firstLine - 1, "%s: a gap from %d, at line %d", client, firstLine, line + 1);
    unless(lastLine <= end(), "%s: a gap to %d beyond its end", client, lastLine);
    for (; line < lastLine; line++) {
      skipped += isOwn() ? 0 : 1;
    }
  }

  /** Whether everything there is for the client so far has been handed to its socket. */
  boolean isComplete() {
    passOwn();
    return line == end() && offset == 0;
  }

  /** How far behind the newest line the next one is, in bytes of lines. */
  int lagBytes() {
    return transcript.bytesSince(line) - offset;
  }

  /** What the engine's account has to be, if it owes the socket the end of a line, or does not. */
  Account account(boolean owing) {
    int eligible = end() - start - own;
    int arrived = owing ? delivered - 1 : delivered;
    return new Account(eligible, arrived, skipped, eligible - arrived - skipped);
  }

  private int end() {
    return Math.min(finish, transcript.lines());
  }

  private void passOwn() {
    while (offset == 0 && line < end() && isOwn()) {
      line++;
    }
  }

  private boolean isOwn() {
    return transcript.isOwn(line, client);
  }
}
