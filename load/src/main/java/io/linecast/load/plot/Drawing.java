package io.linecast.load.plot;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** What all plots have in common: colours, letters, and how they become files. */
final class Drawing {
  static final int WIDTH = 900;
  static final int HEIGHT = 480;

  /** Okabe and Ito's, which people with any kind of colour vision can tell apart. */
  static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x555555),
    new Color(0xB8A800),
  };

  private static final int LETTERS = 13;
  private static final double THOUSAND = 1e3;
  private static final double MILLION = 1e6;
  private static final String SVG = ".svg";
  private static final String PNG = ".png";

  private Drawing() {}

  static Optional<String> objectionTo(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(SVG) || name.endsWith(PNG)
        ? Optional.empty()
        : Optional.of(file + " ends neither in .svg nor in .png");
  }

  static void dress(Styler style) {
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, LETTERS));
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, LETTERS + 2));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, LETTERS));
    style.setLegendBorderColor(Color.WHITE);
    style.setSeriesColors(COLOURS);
  }

  /** Without a screen, and without fonts with a message that says so. */
  static void save(Chart<?, ?> chart, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
      BitmapEncoder.saveBitmap(chart, bytes, BitmapEncoder.BitmapFormat.PNG);
    } else {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    }
    Files.write(file, bytes.toByteArray());
  }

  /** The label of a tick on an axis of decimal logarithms: two digits, and what they stand for. */
  static String powerOfTen(double exponent) {
    BigDecimal value =
        BigDecimal.valueOf(Math.pow(10, exponent)).round(new MathContext(2, RoundingMode.HALF_UP));
    if (value.doubleValue() >= MILLION) {
      return plain(value.scaleByPowerOfTen(-6)) + " M";
    }
    return value.doubleValue() >= THOUSAND
        ? plain(value.scaleByPowerOfTen(-3)) + " K"
        : plain(value);
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /** Does something that needs fonts. */
  static void withFonts(Drawer drawer) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      drawer.draw();
    } catch (InternalError | ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new IOException(
          "Java finds no fonts to draw with; install fontconfig and a font (Debian: apt-get install"
              + " fontconfig fonts-dejavu-core)",
          e);
    }
  }

  /** Draws, and writes what it drew. */
  interface Drawer {
    void draw() throws IOException;
  }
}
