package io.linecast.cli;

import io.linecast.server.ReachOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where clients find the ports, and by which ways they come beside them: options of serve. */
final class ReachFlags {

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 opens the ports to other machines, :: to those with IPv6"
              + " as well. Repeatable: every port is on each, and an IPv4 address beside :: is the"
              + " only one for IPv4.")
  private List<String> bind = new ArrayList<>();

  /** Where every port is, the main address first. */
  List<String> bind() {
    return bind;
  }

  /** What the others say together. */
  ReachOptions options() {
    return ReachOptions.defaults();
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(ReachOptions options) {
    return List.of();
  }
}
