package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What a server with a web port tells Prometheus at a moment. */
public record Figures(String text) {

  /** Asks a server. */
  public static Figures of(ServerUnderTest server) {
    try (InputStream page = server.web("/metrics").toURL().openStream()) {
      return new Figures(new String(page.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often a limit was reached, by the option that sets it. */
  public long limited(String option) {
    return value("linecast_limited_total{limit=\"" + option + "\"}");
  }

  /** The value of a series. */
  public long value(String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseGet(() -> fail("there is no %s in%n%s", series, text));
  }
}
