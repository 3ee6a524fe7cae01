package io.linecast.load;

import io.linecast.load.Scenario.Preset;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The command's options that say how heavy the load is; a scenario has its own for each. */
final class LoadFlags {
  private static final int CONNECTIONS_MAX = 200_000;
  private static final int RATE_MAX = 10_000_000;
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int SECONDS_MAX = 3_600;
  private static final int PROCESSES_MAX = 64;
  private static final int SAMPLE = 16;
  private static final int WEB_PORT = 8234;
  private static final int PORT_MAX = 65_535;

  @Option(names = "--connections", paramLabel = "N", description = "Clients that listen.")
  private @Nullable Integer connections;

  @Option(names = "--senders", paramLabel = "N", description = "How many of them send.")
  private @Nullable Integer senders;

  @Option(names = "--stuck", paramLabel = "N", description = "Further clients that never read.")
  private int stuck;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Lines a second, of all senders together; flood: the rate it begins with.")
  private @Nullable Integer rate;

  @Option(
      names = "--line-bytes",
      paramLabel = "N",
      description = "Length of each line, line feed included; 18 to 65536.")
  private @Nullable Integer lineBytes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to measure (flood: each step).")
  private @Nullable Integer seconds;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Seconds under load before that; they do not count for latency.")
  private @Nullable Integer warmup;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Connections that are read and verified in full; 16. The others are counted.")
  private @Nullable Integer sample;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Processes that share the connections and senders.")
  private @Nullable Integer processes;

  @Option(names = "--sender-thread", description = "Send from a thread of its own in each process.")
  private boolean senderThread;

  @Option(names = "--seed", paramLabel = "N", description = "For the choice of the sample.")
  private int seed = 1;

  @Option(
      names = "--speak",
      paramLabel = "lines|redis|nats|mqtt",
      description = "What the server speaks; lines if nothing is said.")
  private Dialect speak = Dialect.LINES;

  @Option(
      names = "--wire",
      paramLabel = "plain|ack|ws|sse",
      description = {
        "How those hear lines who listen: as plain lines, if nothing is said; as acknowledged ones"
            + " (LINECAST/1); on the server's web port as messages of a WebSocket, or as"
            + " server-sent events. Where lines have numbers, these are verified too. Those who"
            + " send are connections of their own, but for plain; with ws and sse they send plain"
            + " lines to HOST:PORT.",
      })
  private Wire wire = Wire.PLAIN;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      description = "--wire ws, --wire sse: the server's web port; " + WEB_PORT + ".")
  private @Nullable Integer webPort;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "The server's process, if it is not the one that listens on the port.")
  private @Nullable Long serverPid;

  Dialect dialect() {
    return switch (wire) {
      case PLAIN -> speak;
      case ACK -> Dialect.ACK;
      case WS -> Dialect.WS;
      case SSE -> Dialect.SSE;
    };
  }

  /** What is spoken, as it was said. */
  Map<String, String> wires() {
    return Map.of(
        "speak",
        speak.name().toLowerCase(Locale.ROOT),
        "wire",
        wire.name().toLowerCase(Locale.ROOT));
  }

  private void checkDialect() {
    if (speak == Dialect.ACK || speak.listensOnWeb()) {
      throw new UsageException("--speak: that is --wire " + speak.name().toLowerCase(Locale.ROOT));
    }
    if (wire != Wire.PLAIN && speak != Dialect.LINES) {
      throw new UsageException(
          "--wire " + wires().get("wire") + " is for servers that speak lines");
    }
    if (webPort != null && !dialect().listensOnWeb()) {
      throw new UsageException("--web-port changes nothing without --wire ws or --wire sse");
    }
  }

  LoadOptions options(
      List<InetSocketAddress> targets, Preset preset, boolean full, int settleSeconds) {
    checkDialect();
    if (full && sample != null) {
      throw new UsageException("--full and --sample exclude each other");
    }
    int parts = number("--processes", processes, preset.processes(), 1, PROCESSES_MAX);
    int clients =
        number("--connections", connections, preset.connections(parts), 2, CONNECTIONS_MAX);
    int sending = number("--senders", senders, preset.senders(parts, clients), 1, clients);
    int sampled = number("--sample", sample, Math.min(SAMPLE, clients), 1, clients);
    int length =
        number(
            "--line-bytes",
            lineBytes,
            preset.lineBytes(),
            LineFormat.LINE_BYTES_MIN,
            LINE_BYTES_MAX);
    return new LoadOptions(
        targets,
        number("--web-port", webPort, WEB_PORT, 1, PORT_MAX),
        dialect(),
        clients,
        sending,
        number("--stuck", stuck, 0, 0, CONNECTIONS_MAX),
        number("--rate", rate, preset.linesPerSecond(sending), 1, RATE_MAX),
        length,
        number("--seconds", seconds, preset.seconds(), 1, SECONDS_MAX),
        number("--warmup", warmup, preset.warmupSeconds(), 0, SECONDS_MAX),
        settleSeconds,
        full ? clients : sampled,
        number("--seed", seed, 1, 0, Integer.MAX_VALUE),
        parts,
        senderThread || preset.senderThread(),
        Optional.ofNullable(serverPid).map(LocalProcess::new));
  }

  static void check(String option, int value, int min, int max) {
    number(option, value, value, min, max);
  }

  private static int number(String option, @Nullable Integer given, int orElse, int min, int max) {
    int value = given == null ? orElse : given;
    if (value < min || value > max) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s is a number from %,d to %,d, not %,d", option, min, max, value));
    }
    return value;
  }
}
