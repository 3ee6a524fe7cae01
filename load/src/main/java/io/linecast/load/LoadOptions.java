package io.linecast.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a load run is to do.
 *
 * @param targets the servers, one or several that hand on each other's lines; each process loads
 *     one
 * @param webPort where those listen who do so on the web
 * @param connections how many clients listen
 * @param senders how many send: the first of those that listen, unless the dialect separates them
 * @param stuck how many further clients connect and never read
 * @param linesPerSecond of all senders together
 * @param lineBytes length of a line, LF included
 * @param settleSeconds how long to wait at most for what is still due after the last line was
 * @param sample how many connections are read and verified in full
 * @param senderThread whether each process sends from a thread of its own
 * @param server the server's process, if it is not to be found by its port
 */
record LoadOptions(
    List<InetSocketAddress> targets,
    int webPort,
    Dialect dialect,
    int connections,
    int senders,
    int stuck,
    int linesPerSecond,
    int lineBytes,
    int seconds,
    int warmupSeconds,
    int settleSeconds,
    int sample,
    long seed,
    int processes,
    boolean senderThread,
    Optional<LocalProcess> server) {

  private static final long VERIFIED_STREAMS_MAX = 64 << 20;

  LoadOptions {
    if (TimeUnit.SECONDS.toNanos(warmupSeconds + seconds) > LineFormat.TIME_NANOS_MAX) {
      throw new UsageException(
          "--warmup and --seconds together are more than a line can tell: at most "
              + TimeUnit.NANOSECONDS.toSeconds(LineFormat.TIME_NANOS_MAX));
    }
    if (senders > connections) {
      throw new UsageException("--senders is more than --connections");
    }
    if (targets.size() > 1 && processes % targets.size() != 0) {
      throw new UsageException(
          "--processes: each of the %d servers needs as many: %d, or a multiple of it"
              .formatted(targets.size(), targets.size()));
    }
    if (processes > senders || 2 * processes > connections) {
      throw new UsageException(
          "--processes: each of them needs a sender and two connections at least");
    }
    if ((long) sample * senders > VERIFIED_STREAMS_MAX) {
      throw new UsageException(
          "so many senders cannot be verified on so many connections: give --sample, or less of"
              + " --senders");
    }
    if ((long) linesPerSecond * (warmupSeconds + seconds) / senders > LineFormat.SEQUENCE_MAX) {
      throw new UsageException("--rate: more lines a sender than can be numbered");
    }
  }

  /** The only server, or the first. */
  InetSocketAddress target() {
    return targets.getFirst();
  }

  long totalLines() {
    return (long) linesPerSecond * (warmupSeconds + seconds);
  }

  LoadOptions withRate(int rate) {
    return new LoadOptions(
        targets,
        webPort,
        dialect,
        connections,
        senders,
        stuck,
        rate,
        lineBytes,
        seconds,
        warmupSeconds,
        settleSeconds,
        sample,
        seed,
        processes,
        senderThread,
        server);
  }

  LoadOptions withConnections(int clients) {
    return new LoadOptions(
        targets,
        webPort,
        dialect,
        clients,
        senders,
        stuck,
        linesPerSecond,
        lineBytes,
        seconds,
        warmupSeconds,
        settleSeconds,
        Math.min(sample, clients),
        seed,
        processes,
        senderThread,
        server);
  }

  LoadOptions withStuck(int clients) {
    return new LoadOptions(
        targets,
        webPort,
        dialect,
        connections,
        senders,
        clients,
        linesPerSecond,
        lineBytes,
        seconds,
        warmupSeconds,
        settleSeconds,
        sample,
        seed,
        processes,
        senderThread,
        server);
  }

  /** The server's process, if it is of this machine. */
  Optional<LocalProcess> serverProcess() {
    return server.or(() -> listeningOn(target()));
  }

  /** The processes of all servers that are of this machine. */
  List<LocalProcess> serverProcesses() {
    return targets.size() == 1
        ? serverProcess().stream().toList()
        : targets.stream().flatMap(each -> listeningOn(each).stream()).toList();
  }

  private static Optional<LocalProcess> listeningOn(InetSocketAddress address) {
    return address.getAddress().isLoopbackAddress()
        ? LocalProcess.listeningOn(address.getPort())
        : Optional.empty();
  }
}
