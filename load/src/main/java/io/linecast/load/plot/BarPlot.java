package io.linecast.load.plot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;

/** One figure of several things beside each other, each step upwards ten times as much. */
public final class BarPlot {
  private static final int LABEL_DEGREES = 20;

  private BarPlot() {}

  /**
   * Writes a plot.
   *
   * @param bars the value of each by its name, in the order they are drawn; all above 0
   * @throws IOException if the file cannot be written, or there are no fonts to draw with
   */
  public static void write(Path file, String title, String unit, Map<String, Double> bars)
      throws IOException {
    Drawing.withFonts(() -> Drawing.save(chart(title, unit, bars), file));
  }

  private static CategoryChart chart(String title, String unit, Map<String, Double> bars) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Drawing.WIDTH)
            .height(Drawing.HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    CategoryStyler style = chart.getStyler();
    Drawing.dress(style);
    style.setLegendVisible(false);
    // A bar has to begin somewhere: at the power of ten below the least. The axis is of logarithms.
    double least = bars.values().stream().mapToDouble(value -> value).min().orElse(1);
    double floor = Math.floor(Math.log10(least));
    style.setyAxisTickLabelsFormattingFunction(rise -> Drawing.powerOfTen(floor + rise));
    style.setXAxisLabelRotation(LABEL_DEGREES);
    List<String> names = new ArrayList<>(bars.keySet());
    List<Double> values = bars.values().stream().map(value -> Math.log10(value) - floor).toList();
    chart.addSeries(unit, names, values);
    return chart;
  }
}
