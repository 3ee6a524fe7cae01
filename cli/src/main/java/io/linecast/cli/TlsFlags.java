package io.linecast.cli;

import io.linecast.server.TlsOptions;
import java.util.List;
import picocli.CommandLine.Command;

/** How the TCP ports speak TLS, as options of {@code serve}. */
@Command
final class TlsFlags {

  /** What they say together. */
  TlsOptions options() {
    return TlsOptions.defaults();
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(TlsOptions options) {
    return List.of();
  }
}
