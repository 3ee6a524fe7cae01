package io.linecast.load.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final Map<String, double[][]> CURVES =
      Map.of(
          "first", new double[][] {{50, 1}, {90, 3}, {99, 10}, {99.9, 40}},
          "second", new double[][] {{50, 2}, {90, 5}, {99, 30}, {99.9, 90}});

  private static final String FIRST_COLOUR = "rgb(0,114,178)";
  private static final String SECOND_COLOUR = "rgb(213,94,0)";

  @TempDir private Path folder;

  @Test
  void shouldDrawLatencyAsSvg() throws IOException {
    Path file = folder.resolve("latency.svg");

    LatencyPlot.write(file, "a title", CURVES);

    // Letters are drawn as outlines, so that they look the same on a machine without the font.
    assertThat(Files.readString(file)).contains("<svg", FIRST_COLOUR, SECOND_COLOUR);
  }

  @Test
  void shouldDrawLatencyAsPng() throws IOException {
    Path file = folder.resolve("latency.PNG");

    LatencyPlot.write(file, "a title", CURVES);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(pixels(image, Drawing.COLOURS[0])).isGreaterThan(100);
    assertThat(pixels(image, Drawing.COLOURS[1])).isGreaterThan(100);
    assertThat(image.getWidth()).isEqualTo(Drawing.WIDTH);
    assertThat(image.getHeight()).isEqualTo(Drawing.HEIGHT);
  }

  @Test
  void shouldDrawWhatHasHardlyAnythingToDraw() throws IOException {
    Path file = folder.resolve("latency.svg");

    LatencyPlot.write(file, "a title", Map.of("one line", new double[][] {{0, 1}}));

    assertThat(Files.readString(file)).contains("<svg");
  }

  @Test
  void shouldDrawBars() throws IOException {
    Path file = folder.resolve("bars.png");

    BarPlot.write(file, "a title", "KB", Map.of("ours", 0.04, "theirs", 2e5));

    assertThat(pixels(ImageIO.read(file.toFile()), Drawing.COLOURS[0])).isGreaterThan(10_000);
  }

  @Test
  void shouldLabelALogarithmWithWhatItStandsFor() {
    assertThat(Drawing.powerOfTen(0)).isEqualTo("1");
    assertThat(Drawing.powerOfTen(-1.5)).isEqualTo("0.032");
    assertThat(Drawing.powerOfTen(2)).isEqualTo("100");
    assertThat(Drawing.powerOfTen(3.5)).isEqualTo("3.2 K");
    assertThat(Drawing.powerOfTen(8)).isEqualTo("100 M");
  }

  @Test
  void shouldTakeNoOtherKindOfFile() {
    assertThat(LatencyPlot.objectionTo(Path.of("latency.gif"))).get().asString().contains(".svg");
    assertThat(LatencyPlot.objectionTo(Path.of("latency.svg"))).isEmpty();
  }

  private static long pixels(BufferedImage image, Color colour) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(all).filter(pixel -> pixel == colour.getRGB()).count();
  }
}
