package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SettingsTest {

  @TempDir private Path directory;

  private final CommandLine serve = new CommandLine(new ServeCommand());

  @Test
  void shouldTakeTheEnvironmentBeforeTheFile() throws IOException {
    Path file = file("port = 1\nmax-line = 1k\n");
    Settings settings = new Settings(Map.of("LINECAST_PORT", "2"));
    settings.readFile(serve, "serve", "--config", file.toString());

    assertThat(value(settings, "--port")).isEqualTo("2");
    assertThat(value(settings, "--max-line")).isEqualTo("1k");
    assertThat(value(settings, "--history")).isNull();
  }

  @Test
  void shouldFindTheFileThroughTheEnvironmentToo() throws IOException {
    Settings settings = new Settings(Map.of("LINECAST_CONFIG", file("port = 7").toString()));
    settings.readFile(serve, "serve");

    assertThat(value(settings, "--port")).isEqualTo("7");
  }

  @Test
  void shouldPreferTheCommandLinesFile() throws IOException {
    Settings settings = new Settings(Map.of("LINECAST_CONFIG", "/nowhere"));
    settings.readFile(serve, "serve", "--config=" + file("port = 8"));

    assertThat(value(settings, "--port")).isEqualTo("8");
  }

  @Test
  void shouldNameAnUnknownKeyAndItsFile() throws IOException {
    Path file = file("prt = 1");
    Settings settings = new Settings(Map.of());

    assertThatThrownBy(() -> settings.readFile(serve, "serve", "--config", file.toString()))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("'prt'");
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    Settings settings = new Settings(Map.of());

    assertThatThrownBy(() -> settings.readFile(serve, "serve", "--config", "/nowhere/at/all"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/nowhere/at/all")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void shouldSayWhereABadValueComesFrom() throws IOException {
    Path file = file("max-line = many");
    Settings settings = new Settings(Map.of("LINECAST_PORT", "x"));
    settings.readFile(serve, "serve", "--config", file.toString());

    assertThat(settings.origin(serve.getCommandSpec(), "Invalid value for option '--port': 'x'"))
        .contains("LINECAST_PORT");
    assertThat(settings.origin(serve.getCommandSpec(), "--max-line must be 1 to 2"))
        .contains(file.toString());
    assertThat(settings.origin(serve.getCommandSpec(), "--history must be at least 0")).isEmpty();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("linecast.properties"), text);
  }

  private String value(Settings settings, String option) {
    return settings.defaultValue(serve.getCommandSpec().findOption(option));
  }
}
