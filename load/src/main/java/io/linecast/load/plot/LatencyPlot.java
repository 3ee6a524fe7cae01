package io.linecast.load.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Latency by percentile: to the right the rarer and slower, each step ten times as rare as the one
 * before; upwards milliseconds, each step ten times as many.
 */
public final class LatencyPlot {
  private static final double PERCENT = 100;
  private static final double FIRST_PERCENTILE = 50;
  private static final double MILLIS_MIN = 0.001;

  private LatencyPlot() {}

  /** Why a plot cannot be written to a file of that name; empty if it can. */
  public static Optional<String> objectionTo(Path file) {
    return Drawing.objectionTo(file);
  }

  /**
   * Writes a plot.
   *
   * @param curves by name: pairs of a percentile, 0 to below 100, and milliseconds
   * @throws IOException if the file cannot be written, or there are no fonts to draw with
   */
  public static void write(Path file, String title, Map<String, double[][]> curves)
      throws IOException {
    Drawing.withFonts(() -> Drawing.save(chart(title, curves), file));
  }

  private static XYChart chart(String title, Map<String, double[][]> curves) {
    XYChart chart =
        new XYChartBuilder()
            .width(Drawing.WIDTH)
            .height(Drawing.HEIGHT)
            .title(title)
            .xAxisTitle("of all lines, so many come within …")
            .yAxisTitle("… milliseconds")
            .build();
    XYStyler style = chart.getStyler();
    Drawing.dress(style);
    style.setLegendVisible(curves.size() > 1);
    style.setLegendPosition(LegendPosition.OutsideE);
    style.setxAxisTickLabelsFormattingFunction(LatencyPlot::percentile);
    style.setyAxisTickLabelsFormattingFunction(Drawing::powerOfTen);
    style.setXAxisMin(rarity(FIRST_PERCENTILE));
    curves.forEach((name, curve) -> addSeries(chart, name, curve));
    return chart;
  }

  private static void addSeries(XYChart chart, String name, double[][] curve) {
    double[][] shown =
        Arrays.stream(curve).filter(step -> step[0] >= FIRST_PERCENTILE).toArray(double[][]::new);
    if (shown.length == 0) {
      return;
    }
    double[] x = new double[shown.length];
    double[] y = new double[shown.length];
    for (int i = 0; i < shown.length; i++) {
      x[i] = rarity(shown[i][0]);
      // XChart's own logarithmic axis labels its ticks as if it were linear when labels are ours.
      y[i] = Math.log10(Math.max(MILLIS_MIN, shown[i][1]));
    }
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
  }

  /** 1 for 90 %, 2 for 99 %, 3 for 99.9 % and so on. */
  private static double rarity(double percentile) {
    return -Math.log10(1 - percentile / PERCENT);
  }

  private static String percentile(double rarity) {
    double nearest = Math.rint(rarity);
    if (Math.abs(rarity - nearest) > 0.01 || nearest == 0) {
      // Blank, but no two alike: XChart takes ticks apart until their labels differ.
      return " ".repeat(1 + (int) Math.abs(100 * rarity));
    }
    int decimals = (int) Math.max(0, nearest - 2);
    double percent = PERCENT * (1 - Math.pow(10, -nearest));
    return String.format(Locale.ROOT, "%." + decimals + "f %%", percent);
  }
}
