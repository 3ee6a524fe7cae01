package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a port file says.
 *
 * @param mainPort the port of the main channel
 * @param ports the ports of the further channels, by the channel's name
 * @param webPort empty if there is none
 */
record PortFile(int mainPort, Map<String, Integer> ports, OptionalInt webPort) {

  private static final String WEB = "web=";

  static PortFile read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that stands in a folder of its own, and takes both away. */
  static PortFile readAndDelete(Path file) {
    PortFile ports = read(file);
    try {
      Files.delete(file);
      Files.delete(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("something beside the port file was left over", e);
    }
    return ports;
  }

  private static PortFile parse(List<String> lines) {
    assertThat(lines).as("port file").isNotEmpty();
    Map<String, Integer> ports = new HashMap<>();
    OptionalInt webPort = OptionalInt.empty();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith(WEB)) {
        webPort = OptionalInt.of(Integer.parseInt(line.substring(WEB.length())));
        continue;
      }
      if (line.startsWith("unix=")) {
        continue; // who has asked for it knows where it is
      }
      assertThat(line).as("a further line of the port file").matches("\\d+=.+");
      String[] parts = line.split("=", 2);
      ports.put(parts[1], Integer.valueOf(parts[0]));
    }
    return new PortFile(Integer.parseInt(lines.getFirst()), ports, webPort);
  }
}
