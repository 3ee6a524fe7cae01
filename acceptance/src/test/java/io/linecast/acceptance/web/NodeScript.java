package io.linecast.acceptance.web;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.acceptance.Program;
import io.linecast.acceptance.SearchPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The scripts that Node runs, with what others have written for it. Skips where that is missing.
 */
final class NodeScript {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Where a WebSocket comes from. */
  enum Library {
    OWN,
    WS
  }

  private NodeScript() {}

  /** Sends what is typed and says what comes. */
  static Program socket(Library library, URI url, String... subprotocol) {
    List<Object> words = new ArrayList<>();
    if (library == Library.OWN) {
      words.addAll(nodeWithSockets());
    } else {
      words.addAll(node());
      assumeInstalled("ws");
    }
    words.add(script("socket.js"));
    words.add(library == Library.OWN ? "own" : "ws");
    words.add(url.toString().replaceFirst("^http", "ws"));
    words.addAll(List.of(subprotocol));
    return start(words);
  }

  /** Hears so many lines, whatever connections that takes. */
  static Program events(URI url, int count) {
    List<Object> words = new ArrayList<>(node());
    assumeInstalled("eventsource");
    words.addAll(List.of(script("events.js"), url, count));
    return start(words);
  }

  private static Program start(List<Object> words) {
    return Program.shell("exec \"$@\"", words.toArray());
  }

  private static List<String> node() {
    return List.of(SearchPath.assumeThereIs("node").toString());
  }

  /** Node has WebSockets of its own since 22, and had them on trial since 20. */
  private static List<String> nodeWithSockets() {
    String node = node().getFirst();
    return Optional.of(List.of(node))
        .filter(NodeScript::hasSockets)
        .or(
            () ->
                Optional.of(List.of(node, "--experimental-websocket"))
                    .filter(NodeScript::hasSockets))
        .orElseGet(() -> abort("this Node is older than its own WebSocket: " + version(node)));
  }

  private static boolean hasSockets(List<String> node) {
    List<Object> words = new ArrayList<>(node);
    words.addAll(List.of("-p", "typeof WebSocket"));
    try (Program asked = start(words)) {
      return asked.exitCode(PATIENCE) == 0 && asked.stdoutText().equals("function\n");
    }
  }

  private static String version(String node) {
    try (Program asked = start(List.of(node, "--version"))) {
      asked.exitCode(PATIENCE);
      return asked.stdoutText().strip();
    }
  }

  private static void assumeInstalled(String module) {
    Path folder = script("package.json").resolve("../../../node_modules/" + module).normalize();
    assumeTrue(
        Files.isDirectory(folder), () -> "the npm package " + module + " is not in " + folder);
  }

  private static Path script(String name) {
    try {
      URL script = Objects.requireNonNull(NodeScript.class.getResource("/node/" + name), name);
      return Path.of(script.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
