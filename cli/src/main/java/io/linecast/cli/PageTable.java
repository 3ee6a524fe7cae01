package io.linecast.cli;

import io.linecast.cli.PageRow.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table that is as wide as what is in it, and where that is too wide does without the columns
 * that matter least.
 *
 * @param none what it says when there is nothing to tell
 */
record PageTable<T>(List<Column<T>> columns, String none) {

  private static final String GAP = "  ";
  private static final int WIDEST_CELL = 40;
  private static final String CUT = "…";

  /**
   * A column.
   *
   * @param number whether its cells are numbers, whose last digits stand below each other
   * @param rank how much it matters: that of the lowest rank is the first to be left out
   */
  record Column<T>(String title, boolean number, int rank, Function<T, String> cell) {

    static <T> Column<T> words(String title, int rank, Function<T, String> cell) {
      return new Column<>(title, false, rank, cell);
    }

    static <T> Column<T> number(String title, int rank, Function<T, String> cell) {
      return new Column<>(title, true, rank, cell);
    }
  }

  /**
   * The heading and the items, no wider than is allowed if any column can be left out for it.
   *
   * @param most how many rows at most, the heading among them
   */
  List<PageRow> rows(List<T> items, int width, int most) {
    List<List<String>> cells =
        columns.stream()
            .map(
                column ->
                    Stream.concat(
                            Stream.of(column.title()),
                            items.stream().map(column.cell()).map(PageTable::cut))
                        .toList())
            .toList();
    List<Integer> shown = shown(cells, width);
    List<PageRow> rows = new ArrayList<>();
    for (int row = 0; row <= items.size() && rows.size() < most; row++) {
      rows.add(new PageRow(row == 0 ? Tone.HEADING : Tone.NORMAL, row(cells, shown, row)));
    }
    if (items.isEmpty() && rows.size() < most) {
      rows.add(new PageRow(Tone.FAINT, none));
    }
    return rows;
  }

  /** How many rows it has if none is left out. */
  static int rowsWanted(List<?> items) {
    return 1 + Math.max(1, items.size());
  }

  private List<Integer> shown(List<List<String>> cells, int width) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      shown.add(i);
    }
    while (shown.size() > 1 && width(cells, shown) > width) {
      int least =
          shown.stream().min(Comparator.comparingInt(i -> columns.get(i).rank())).orElseThrow();
      shown.removeIf(i -> i == least);
    }
    return shown;
  }

  private static int width(List<List<String>> cells, List<Integer> shown) {
    int gaps = GAP.length() * (shown.size() - 1);
    return gaps + shown.stream().mapToInt(i -> width(cells.get(i))).sum();
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(PageTable::length).max().orElse(0);
  }

  private String row(List<List<String>> cells, List<Integer> shown, int row) {
    StringBuilder text = new StringBuilder();
    for (int i : shown) {
      String cell = cells.get(i).get(row);
      String blanks = " ".repeat(width(cells.get(i)) - length(cell));
      text.append(text.isEmpty() ? "" : GAP)
          .append(columns.get(i).number() ? blanks + cell : cell + blanks);
    }
    return text.toString().stripTrailing();
  }

  /** Words that are no longer than they may be, whoever has said them. */
  static String cut(String cell) {
    return length(cell) <= WIDEST_CELL
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, WIDEST_CELL - 1)) + CUT;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
