package io.linecast.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a server says of itself at a moment. Its words are safe to show; what it does not know, or
 * does not say, is an empty number or {@link Figures#UNKNOWN}.
 *
 * @param connections how many there are, by the name of their wire
 * @param limited how often each limit was reached, by its option
 */
record ServerStatus(
    String version,
    OptionalDouble uptimeSeconds,
    boolean draining,
    boolean overloaded,
    Map<String, OptionalDouble> connections,
    Map<String, OptionalDouble> limited,
    List<Channel> channels,
    List<Client> slowest,
    List<Closed> closed) {

  /** A channel, with the rates of its last full second. */
  record Channel(
      String name,
      OptionalDouble linesPerSecond,
      OptionalDouble deliveriesPerSecond,
      OptionalDouble clients,
      OptionalDouble keptBytes,
      OptionalDouble windowBytes,
      OptionalDouble lagBytesMax,
      Latency latency,
      Journal journal) {}

  /**
   * What keeps a channel's lines.
   *
   * @param trouble why it keeps none at present; empty if it does, or does not say
   */
  record Journal(
      String kind,
      Optional<String> trouble,
      OptionalDouble waitingBytes,
      OptionalDouble lagLines) {}

  /** How late a channel's lines came. */
  record Latency(OptionalDouble p50Millis, OptionalDouble p99Millis, OptionalDouble maxMillis) {}

  /** A client that is behind. */
  record Client(
      String address,
      String wire,
      String channel,
      OptionalDouble lagLines,
      OptionalDouble lagBytes,
      OptionalDouble lagMillis,
      OptionalDouble sendQueueBytes) {}

  /**
   * A connection that has ended.
   *
   * @param at the time, as the server wrote it
   */
  record Closed(String at, String address, String wire, String reason) {}
}
