package io.linecast.cli;

import io.linecast.server.LimitOptions;
import java.util.List;
import picocli.CommandLine.Command;

/** How much clients may take, as options of {@code serve}. */
@Command
final class LimitFlags {

  /** What they say together. */
  LimitOptions options() {
    return LimitOptions.defaults();
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(LimitOptions options) {
    return List.of();
  }
}
