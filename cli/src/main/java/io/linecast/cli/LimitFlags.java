package io.linecast.cli;

import io.linecast.server.LimitOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** How much clients may take, as options of {@code serve}. */
final class LimitFlags {

  @Option(
      names = "--max-per-address",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description =
          "Connections from one address (IPv6: one /64); 0: any number. If nothing is said: "
              + LimitOptions.DEFAULT_PER_ADDRESS
              + ", but not for this machine's own.")
  private @Nullable Integer maxPerAddress;

  @Option(
      names = "--accept-rate",
      paramLabel = "N",
      defaultValue = "" + LimitOptions.DEFAULT_ACCEPT_RATE,
      description =
          "Connections accepted a second, a quarter of them at once; others wait. 0: all.")
  private int acceptRate;

  @Option(
      names = "--accept-rate-per-address",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description =
          "Connections a second from one address, a second's worth at once; others are refused. 0: any"
              + " number. If nothing is said: "
              + LimitOptions.DEFAULT_ACCEPT_RATE_PER_ADDRESS
              + ", but not for this machine's own.")
  private @Nullable Integer acceptRatePerAddress;

  @Option(
      names = "--max-handshakes",
      paramLabel = "N",
      defaultValue = "" + LimitOptions.DEFAULT_HANDSHAKES,
      description = "TLS handshakes at work; while there are, ports with TLS accept none. 0: any.")
  private int maxHandshakes;

  @Option(
      names = "--max-lines-rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Lines that a client may send a second; who sends faster is read more slowly. 0: any.")
  private long maxLinesRate;

  @Option(
      names = "--max-bytes-rate",
      paramLabel = "SIZE",
      defaultValue = "0",
      converter = Size.Converter.class,
      description = "Bytes of lines that a client may send a second, likewise. 0: any.")
  private Size maxBytesRate;

  @Option(
      names = "--handshake-time",
      paramLabel = "TIME",
      defaultValue = "10",
      converter = Seconds.class,
      description = "How long a PROXY header and a TLS handshake may take, in seconds.")
  private Duration handshakeTime;

  @Option(
      names = "--hello-time",
      paramLabel = "TIME",
      defaultValue = "10",
      converter = Seconds.class,
      description =
          "How long a hello may take that has begun, or without which a client may do nothing, in"
              + " seconds.")
  private Duration helloTime;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      defaultValue = "0",
      converter = Size.Converter.class,
      description =
          "What may be held for clients beside the channels' lines, TLS's own state and Java's heap;"
              + " above it the client that holds most is closed. 0: half of what Java may have outside its heap.")
  private Size maxMemory;

  /** What they say together. */
  LimitOptions options() {
    return new LimitOptions(
        optional(maxPerAddress),
        acceptRate,
        optional(acceptRatePerAddress),
        maxHandshakes,
        maxLinesRate,
        maxBytesRate.bytes(),
        handshakeTime,
        helloTime,
        maxMemory.bytes());
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** The arguments that say the same as the options. */
  static List<String> arguments(LimitOptions options) {
    List<String> arguments = new ArrayList<>();
    options.maxPerAddress().ifPresent(most -> add(arguments, "--max-per-address", most));
    add(arguments, "--accept-rate", options.acceptRate());
    options
        .acceptRatePerAddress()
        .ifPresent(rate -> add(arguments, "--accept-rate-per-address", rate));
    add(arguments, "--max-handshakes", options.maxHandshakes());
    add(arguments, "--max-lines-rate", options.maxLinesRate());
    add(arguments, "--max-bytes-rate", options.maxBytesRate());
    add(arguments, "--handshake-time", options.handshakeTime().toMillis() + "ms");
    add(arguments, "--hello-time", options.helloTime().toMillis() + "ms");
    add(arguments, "--max-memory", options.maxMemoryBytes());
    return arguments;
  }

  private static void add(List<String> arguments, String option, Object value) {
    arguments.add(option);
    arguments.add(String.valueOf(value));
  }
}
