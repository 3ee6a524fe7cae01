package io.linecast.cli;

import java.util.ArrayList;
import java.util.List;

/** A row of a page, which no terminal need be there for. */
record PageRow(Tone tone, String text) {

  private static final int MOST_FOLDS = 4;

  static final PageRow EMPTY = new PageRow(Tone.NORMAL, "");

  /** What a row is, and thus how it looks. */
  enum Tone {
    TITLE,
    HEADING,
    NORMAL,
    FAINT,
    WARNING
  }

  /** The same row, if it tells of how it was and no longer of how it is. */
  PageRow stale() {
    return tone == Tone.WARNING ? this : new PageRow(Tone.FAINT, text);
  }

  /** The same words on as many rows as they need, up to a few, broken at blanks. */
  List<PageRow> folded(int width) {
    List<PageRow> rows = new ArrayList<>();
    String left = text;
    while (left.length() > width && rows.size() < MOST_FOLDS - 1) {
      int blank = left.lastIndexOf(' ', width);
      if (blank <= 0) {
        break;
      }
      rows.add(new PageRow(tone, left.substring(0, blank)));
      left = left.substring(blank + 1);
    }
    rows.add(new PageRow(tone, left));
    return rows;
  }
}
