package io.linecast.cli;

import io.linecast.server.ReachOptions;
import java.util.List;
import picocli.CommandLine.Command;

/** By which ways clients come beside the ports, as options of {@code serve}. */
@Command
final class ReachFlags {

  /** What they say together. */
  ReachOptions options() {
    return ReachOptions.defaults();
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(ReachOptions options) {
    return List.of();
  }
}
