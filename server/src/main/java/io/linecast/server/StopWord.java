package io.linecast.server;

import io.linecast.protocol.LineFeeds;
import java.nio.ByteBuffer;

/** Looks for the line that stops the server: {@code END}, blanks around it disregarded. */
final class StopWord {

  private StopWord() {}

  /**
   * If one of the run's lines is the stopping word, cuts the run behind it.
   *
   * @return how many lines are left in the cut run; 0 if the word is not in it
   */
  static int cutBehind(ByteBuffer run) {
    int lines = 0;
    for (int start = run.position(); start < run.limit(); ) {
      int end = LineFeeds.indexOf(run, start, run.limit());
      lines++;
      if (isStopWord(run, start, end)) {
        run.limit(end + 1);
        return lines;
      }
      start = end + 1;
    }
    return 0;
  }

  private static boolean isStopWord(ByteBuffer run, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(run.get(from))) {
      from++;
    }
    while (to > from && isBlank(run.get(to - 1))) {
      to--;
    }
    return to - from == 3
        && run.get(from) == 'E'
        && run.get(from + 1) == 'N'
        && run.get(from + 2) == 'D';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
