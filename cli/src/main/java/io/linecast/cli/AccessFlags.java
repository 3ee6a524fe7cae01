package io.linecast.cli;

import io.linecast.server.AccessOptions;
import java.util.List;
import picocli.CommandLine.Command;

/** Who may do what, as options of {@code serve}. */
@Command
final class AccessFlags {

  /** What they say together. */
  AccessOptions options() {
    return AccessOptions.defaults();
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(AccessOptions options) {
    return List.of();
  }
}
