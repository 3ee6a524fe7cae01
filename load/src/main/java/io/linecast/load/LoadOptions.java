package io.linecast.load;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a load run is to do.
 *
 * @param connections how many clients; the first {@code senders} of them send
 * @param stuck how many further clients connect and never read
 * @param linesPerSecond of all senders together
 * @param sample how many connections are read and verified in full
 * @param json where to write the report, beside the table for people
 */
record LoadOptions(
    InetSocketAddress target,
    int connections,
    int senders,
    int stuck,
    int linesPerSecond,
    int lineBytes,
    int seconds,
    int warmupSeconds,
    int sample,
    long seed,
    Optional<LocalProcess> server,
    Optional<Path> json) {

  static final String USAGE =
      """
      usage: LoadMain HOST:PORT [options]
        --connections N   clients (4000)
        --senders N       how many of them send (1)
        --stuck N         further clients that never read (0)
        --rate N          lines a second, of all senders together (1000)
        --line-bytes N    length of a line, LF included (20)
        --seconds N       how long to measure (10)
        --warmup N        seconds of load before that (2)
        --sample N        connections that are read and verified in full (16)
        --full            verify every connection
        --seed N          for the choice of the sample (1)
        --server-pid N    the server's process, if it is not found by its port
        --json FILE       write the report there too
        --allow-remote    load a server that is not on this machine
      exit code: 0 all came, 1 something was lost or wrong, 2 usage
      """;

  private static final int CONNECTIONS_MAX = 200_000;
  private static final int RATE_MAX = 10_000_000;
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int SECONDS_MAX = 3_600;
  private static final long VERIFIED_STREAMS_MAX = 64 << 20;

  static LoadOptions parse(List<String> words) {
    Arguments arguments =
        new Arguments(
            words,
            Set.of(
                "connections",
                "senders",
                "stuck",
                "rate",
                "line-bytes",
                "seconds",
                "warmup",
                "sample",
                "seed",
                "server-pid",
                "json"),
            Set.of("full"));
    int connections = arguments.number("connections", 4_000, 2, CONNECTIONS_MAX);
    int sample = arguments.number("sample", Math.min(16, connections), 1, connections);
    LoadOptions options =
        new LoadOptions(
            arguments.target(),
            connections,
            arguments.number("senders", 1, 1, connections),
            arguments.number("stuck", 0, 0, CONNECTIONS_MAX),
            arguments.number("rate", 1_000, 1, RATE_MAX),
            arguments.number("line-bytes", 20, LineFormat.LINE_BYTES_MIN, LINE_BYTES_MAX),
            arguments.number("seconds", 10, 1, SECONDS_MAX),
            arguments.number("warmup", 2, 0, SECONDS_MAX / 10),
            arguments.has("full") ? connections : sample,
            arguments.number("seed", 1, 0, Integer.MAX_VALUE),
            arguments.process("server-pid"),
            arguments.text("json").map(Path::of));
    options.check();
    return options;
  }

  Schedule schedule() {
    long totalLines = (long) linesPerSecond * (warmupSeconds + seconds);
    return new Schedule(senders, linesPerSecond, totalLines);
  }

  private void check() {
    if (schedule().linesOf(0, schedule().totalLines()) > LineFormat.SEQUENCE_MAX) {
      throw new UsageException("more lines a sender than can be numbered");
    }
    if ((long) sample * senders > VERIFIED_STREAMS_MAX) {
      throw new UsageException("too many senders to verify on so many connections");
    }
  }
}
