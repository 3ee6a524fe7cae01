package io.linecast.cli;

import io.linecast.server.AckOptions;
import io.linecast.server.ServerOptions;
import io.linecast.server.WebOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** A server's options as a command line. */
final class ServerArguments {

  private ServerArguments() {}

  /** The command line that says the same as the options. */
  static List<String> of(ServerOptions options) {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    options.bind().forEach(address -> add(arguments, "--bind", address));
    add(arguments, "--port", options.port());
    options.lines().forEach(line -> add(arguments, "--lines", line.port() + "=" + line.channel()));
    add(arguments, "--window", options.windowBytes());
    add(arguments, "--max-line", options.maxLineBytes());
    add(arguments, "--too-long", lowerCase(options.tooLong()));
    add(arguments, "--history", options.historyLines());
    add(arguments, "--slow", lowerCase(options.slow()));
    add(arguments, "--max-connections", options.maxConnections());
    add(arguments, "--idle-timeout", options.idleTimeout().toMillis() + "ms");
    add(arguments, "--event-loops", options.eventLoops());
    add(arguments, "--transport", lowerCase(options.transport()));
    add(arguments, "--drain", options.drain().toMillis() + "ms");
    add(arguments, options.acknowledged());
    add(arguments, options.web());
    arguments.addAll(TlsFlags.arguments(options.tls()));
    arguments.addAll(AccessFlags.arguments(options.access()));
    arguments.addAll(LimitFlags.arguments(options.limits()));
    arguments.addAll(ReachFlags.arguments(options.reach()));
    arguments.addAll(JournalFlags.arguments(options.journal()));
    if (options.allowEnd()) {
      arguments.add("--allow-end");
    }
    if (options.print()) {
      arguments.add("--print");
    }
    return arguments;
  }

  private static void add(List<String> arguments, AckOptions options) {
    if (options.plainOnly()) {
      arguments.add("--plain-only");
    }
    add(arguments, "--heartbeat", options.heartbeat().toMillis() + "ms");
    add(arguments, "--publishers", options.publishers());
    add(arguments, "--max-answers", options.maxAnswersBytes());
    add(arguments, "--max-unanswered", options.maxUnanswered());
  }

  private static void add(List<String> arguments, WebOptions options) {
    OptionalInt port = options.port();
    add(arguments, "--web-port", port.isPresent() ? port.getAsInt() : WebFlags.OFF);
    options.hosts().forEach(host -> add(arguments, "--web-host", host));
    options.origins().forEach(origin -> add(arguments, "--web-origin", origin));
    add(arguments, "--max-body", options.maxBodyBytes());
    add(arguments, "--max-bodies", options.maxBodiesBytes());
    add(arguments, "--request-time", options.requestTime().toMillis() + "ms");
    add(arguments, "--max-requests", options.maxRequests());
  }

  private static void add(List<String> arguments, String option, Object value) {
    arguments.add(option);
    arguments.add(String.valueOf(value));
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
