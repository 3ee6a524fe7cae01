package io.linecast.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One process's part of a load. All processes know the whole schedule and the numbers of all
 * senders; each has some of the connections and some of the senders. Plain values: it travels to
 * the process as JSON.
 *
 * <p>The connections of a share are numbered from 0: first its senders, then those that only
 * listen. Where the dialect separates senders, these do not count as connections of the load.
 *
 * @param webPort where those listen who do so on the web
 * @param connections that listen; the first {@code senders} of them also send, unless the dialect
 *     separates senders
 * @param stuck further connections that never read
 * @param firstSender the number of this share's first sender among all
 * @param spins whether to ask for news again and again instead of waiting for it: it has a core to
 *     itself, and to be woken would cost the server time
 * @param clustered whether what is sent to other servers is heard here too
 * @param epoch the name of the lines' numbering, once it is known
 */
record Share(
    String host,
    int port,
    int webPort,
    Dialect dialect,
    int connections,
    int stuck,
    int firstSender,
    int senders,
    int allSenders,
    int linesPerSecond,
    int lineBytes,
    int tag,
    int seconds,
    int warmupSeconds,
    int settleSeconds,
    int sample,
    long seed,
    boolean senderThread,
    boolean spins,
    boolean clustered,
    String epoch) {

  static final int NOBODY = -1;

  /** The load's parts, one for each process. */
  static List<Share> of(LoadOptions options) {
    int tag = (int) System.nanoTime() & LineFormat.TAG_MAX;
    int processes = options.processes();
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      int firstSender = begin(options.senders(), i, processes);
      int connections = size(options.connections(), i, processes);
      InetSocketAddress target = options.targets().get(i % options.targets().size());
      shares.add(
          new Share(
              target.getAddress().getHostAddress(),
              target.getPort(),
              options.webPort(),
              options.dialect(),
              connections,
              size(options.stuck(), i, processes),
              firstSender,
              size(options.senders(), i, processes),
              options.senders(),
              options.linesPerSecond(),
              options.lineBytes(),
              tag,
              options.seconds(),
              options.warmupSeconds(),
              options.settleSeconds(),
              Math.min(connections, Math.max(1, size(options.sample(), i, processes))),
              options.seed() + i,
              options.senderThread(),
              processes == 1,
              options.targets().size() > 1,
              ""));
    }
    return shares;
  }

  /** Where those connect who send. */
  InetSocketAddress target() {
    return new InetSocketAddress(host, port);
  }

  /** Where those connect who listen. */
  InetSocketAddress listenersTarget() {
    return new InetSocketAddress(host, dialect.listensOnWeb() ? webPort : port);
  }

  /** The same, with what the server has told. */
  Share withEpoch(String told) {
    return new Share(
        host,
        port,
        webPort,
        dialect,
        connections,
        stuck,
        firstSender,
        senders,
        allSenders,
        linesPerSecond,
        lineBytes,
        tag,
        seconds,
        warmupSeconds,
        settleSeconds,
        sample,
        seed,
        senderThread,
        spins,
        clustered,
        told);
  }

  LineFormat lineFormat() {
    return new LineFormat(lineBytes, tag);
  }

  Schedule schedule() {
    return new Schedule(
        allSenders, linesPerSecond, (long) linesPerSecond * (warmupSeconds + seconds));
  }

  /** How many connections it takes in all, those that never read aside. */
  int fleetSize() {
    return dialect.separatesSenders() ? senders + connections : connections;
  }

  boolean listens(int connection) {
    return !dialect.separatesSenders() || connection >= senders;
  }

  /** The first connection that listens. */
  int firstListener() {
    return dialect.separatesSenders() ? senders : 0;
  }

  /** The number of the sender whose lines do not come back to a connection. */
  int ownSender(int connection) {
    return !dialect.separatesSenders() && connection < senders ? firstSender + connection : NOBODY;
  }

  /** What lines take with what surrounds them when they are received. */
  LineLengths lengths() {
    return dialect.lengths(lineBytes, epoch);
  }

  private static int begin(int all, int index, int parts) {
    return (int) ((long) all * index / parts);
  }

  private static int size(int all, int index, int parts) {
    return begin(all, index + 1, parts) - begin(all, index, parts);
  }
}
