package io.linecast.load;

import java.util.List;
import java.util.Locale;

/** A load by name: what its options are if nothing else is said. */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers
enum Scenario {
  STEADY(new Preset(Of.LOAD, 1_000, 1, 1_000, 20, 10, 2, 1, false)),
  SEED(new Preset(Of.PROCESS, 1_000, 1, 10, 20, 10, 2, 4, true)),
  CHATTER(new Preset(Of.CLIENT, 4_000, 1, 10, 20, 10, 5, 1, false)),
  FLOOD(new Preset(Of.LOAD, 4_000, 1, 10_000, 20, 5, 2, 1, false)),
  IDLE(new Preset(Of.LOAD, 19_000, 1, 1, 20, 1, 0, 1, false)),
  // 144 MB to each client: whoever reads nothing falls behind two windows of 64 MiB, and the others
  // together take 2.4 GB/s, which is about a third of what a core has to give.
  STUCK(new Preset(Of.LOAD, 400, 1, 2_000, 3_000, 20, 4, 1, false)),
  STORM(new Preset(Of.LOAD, 4_000, 1, 1, 20, 1, 0, 1, false)),
  PINGPONG(new Preset(Of.LOAD, 2, 1, 1, 20, 10, 2, 1, false)),
  // Its senders are all there are; the connections are only the most that may be asked for.
  PUBLISH(new Preset(Of.LOAD, 1_000, 1, 1, 20, 10, 2, 1, false)),
  RESUME(new Preset(Of.LOAD, 1_000, 1, 1, 20, 1, 0, 1, false));

  private static final List<String> OF_ONE =
      List.of("--p99-limit", "--stuck-share", "--rounds", "--hold", "--window", "--lines");
  private static final List<String> OF_LOADS =
      List.of(
          "--senders",
          "--stuck",
          "--rate",
          "--sample",
          "--full",
          "--processes",
          "--sender-thread",
          "--seed");
  private static final List<String> OF_WIRE = List.of("--wire", "--web-port");
  private static final List<String> OF_CLIENTS = List.of("--connections", "--wire", "--web-port");
  private static final List<String> OF_TIME = List.of("--seconds", "--warmup", "--plot");

  private final Preset preset;

  Scenario(Preset preset) {
    this.preset = preset;
  }

  Preset preset() {
    return preset;
  }

  /** As it is typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may be done with several servers that hand on each other's lines. */
  boolean takesSeveralServers() {
    return this == STEADY || this == SEED || this == CHATTER;
  }

  /** The options that change nothing here: whoever gives one of them expects something else. */
  List<String> unused() {
    return switch (this) {
      case STEADY, SEED, CHATTER -> OF_ONE;
      case FLOOD -> without("--p99-limit", List.of(OF_ONE));
      case STUCK -> without("--stuck-share", List.of(OF_ONE, List.of("--stuck")));
      case IDLE -> without("--hold", List.of(OF_ONE, OF_LOADS, OF_TIME));
      case STORM -> without("--rounds", List.of(OF_ONE, OF_LOADS, OF_TIME));
      case PINGPONG -> without("", List.of(OF_ONE, OF_LOADS));
      case PUBLISH ->
          without(
              "--window",
              List.of(
                  OF_ONE,
                  OF_CLIENTS,
                  without("--rate", List.of(without("--senders", List.of(OF_LOADS))))));
      case RESUME -> without("--lines", List.of(OF_ONE, OF_LOADS, OF_WIRE, OF_TIME));
    };
  }

  private static List<String> without(String used, List<List<String>> options) {
    return options.stream().flatMap(List::stream).filter(option -> !option.equals(used)).toList();
  }

  /** What a preset's numbers are counted for. */
  enum Of {
    /** The load as a whole. */
    LOAD,
    /** Connections, senders and rate: each process. */
    PROCESS,
    /** Every client sends; the rate is each one's. */
    CLIENT
  }

  /**
   * Options by default.
   *
   * @param of what connections, senders and rate are counted for
   */
  record Preset(
      Of of,
      int connections,
      int senders,
      int linesPerSecond,
      int lineBytes,
      int seconds,
      int warmupSeconds,
      int processes,
      boolean senderThread) {

    /** Clients of all processes. */
    int connections(int inProcesses) {
      return of == Of.PROCESS ? connections * inProcesses : connections;
    }

    /** Senders of all processes. */
    int senders(int inProcesses, int clients) {
      int all =
          switch (of) {
            case LOAD -> senders;
            case PROCESS -> senders * inProcesses;
            case CLIENT -> clients;
          };
      return Math.min(clients, all);
    }

    /** The rate of all senders together. */
    int linesPerSecond(int inSenders) {
      return of == Of.LOAD ? linesPerSecond : linesPerSecond * inSenders;
    }
  }
}
