package io.linecast.server;

import io.linecast.core.JournalOptions;
import io.linecast.core.SlowPolicy;
import io.linecast.protocol.LineScanner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is to be. Immutable; begin with {@link #defaults} and change what is to differ.
 *
 * @param bind the addresses or host names to listen on, the main one first
 * @param port the port of channel {@value #MAIN_CHANNEL}, 0 to 65535; 0 takes any free one
 * @param lines further ports, each with its channel
 * @param windowBytes how far back a channel keeps its lines and how far a client may lag
 * @param maxLineBytes the longest line, with its line feed
 * @param tooLong what becomes of who sends a longer one
 * @param historyLines how many of the last lines a new client hears first
 * @param slow what becomes of a client that falls a whole window behind
 * @param allowEnd whether a line {@code END} stops the server
 * @param print whether accepted lines are written to standard output
 * @param maxConnections how many clients at most; 0 for as many as file descriptors allow
 * @param idleTimeout after which a plain connection without traffic is closed; zero for never
 * @param eventLoops how many threads serve; 0 for one a core, as far as the window has room for
 *     them
 * @param transport how sockets are spoken to
 * @param drain how long an orderly stop may take
 * @param acknowledged what acknowledged clients are allowed
 * @param web what the web port is
 * @param tls how the TCP ports speak TLS
 * @param access who may do what
 * @param limits how much clients may take
 * @param reach by which ways clients come beside the ports
 * @param journal where lines are kept
 */
public record ServerOptions(
    List<String> bind,
    int port,
    List<LinePort> lines,
    long windowBytes,
    int maxLineBytes,
    TooLong tooLong,
    long historyLines,
    SlowPolicy slow,
    boolean allowEnd,
    boolean print,
    int maxConnections,
    Duration idleTimeout,
    int eventLoops,
    Transport transport,
    Duration drain,
    AckOptions acknowledged,
    WebOptions web,
    TlsOptions tls,
    AccessOptions access,
    LimitOptions limits,
    ReachOptions reach,
    JournalOptions journal) {

  /** The channel of the server's first port. */
  public static final String MAIN_CHANNEL = "main";

  /** The port if nothing else is said. */
  public static final int DEFAULT_PORT = 1234;

  /** The window if nothing else is said. */
  public static final long DEFAULT_WINDOW_BYTES = 64L << 20;

  /**
   * A window holds at least this many of the longest lines, and of the largest reads: how far the
   * server may be behind is a quarter of the window, and a read under way comes on top.
   */
  public static final int MIN_RUNS_PER_WINDOW = 16;

  /**
   * And at least this many for each event loop: each may have one under way when senders are told
   * to wait, which takes up to twice as much where its lines are numbered, or the end of a segment
   * stays unused; all of them must fit into a quarter of the window. Where lines grow by more, they
   * are kept in a window of their own that is larger.
   */
  static final int MIN_RUNS_PER_LOOP = 8;

  /** A read brings at most this much. */
  static final int LARGEST_READ_BYTES = 64 * 1024;

  private static final long MAX_WINDOW_BYTES = 1L << 40;
  private static final int MAX_MAX_LINE_BYTES = 1 << 20;
  private static final int MAX_EVENT_LOOPS = 1024;
  private static final int MAX_SECONDS = 366 * 24 * 60 * 60;

  /**
   * A port and the channel whose lines go in and out there.
   *
   * @param port 0 to 65535; 0 takes any free one
   * @param channel 1 to 64 of {@code A-Za-z0-9_.-}
   */
  public record LinePort(int port, String channel) {

    /** Refuses what cannot be. */
    public LinePort {
      requireRange("port", port, 0, 65_535);
      requireChannel(channel);
    }
  }

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public ServerOptions {
    bind = List.copyOf(bind);
    lines = List.copyOf(lines);
    require(!bind.isEmpty(), "bind needs an address");
    requireRange("port", port, 0, 65_535);
    requireRange("max-line", maxLineBytes, 1, MAX_MAX_LINE_BYTES);
    long least = (long) MIN_RUNS_PER_WINDOW * Math.max(maxLineBytes, LARGEST_READ_BYTES);
    requireRange("window", windowBytes, least, MAX_WINDOW_BYTES);
    requireRange("history", historyLines, 0, Long.MAX_VALUE);
    requireRange("max-connections", maxConnections, 0, Integer.MAX_VALUE);
    requireRange("event-loops", eventLoops, 0, MAX_EVENT_LOOPS);
    requireRange("idle-timeout", idleTimeout.toSeconds(), 0, MAX_SECONDS);
    requireRange("drain", drain.toSeconds(), 0, MAX_SECONDS);
  }

  /** What is right for most. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        List.of("127.0.0.1"),
        DEFAULT_PORT,
        List.of(),
        DEFAULT_WINDOW_BYTES,
        LineScanner.DEFAULT_MAX_LINE_BYTES,
        TooLong.DISCARD,
        0,
        SlowPolicy.DISCONNECT,
        false,
        false,
        0,
        Duration.ZERO,
        0,
        Transport.AUTO,
        Duration.ofSeconds(10),
        AckOptions.defaults(),
        WebOptions.OFF,
        TlsOptions.defaults(),
        AccessOptions.defaults(),
        LimitOptions.defaults(),
        ReachOptions.defaults(),
        JournalOptions.memory());
  }

  /** The most bytes that enter a channel at once. */
  int largestRunBytes() {
    return Math.max(maxLineBytes, LARGEST_READ_BYTES);
  }

  /** How many event loops serve on so many cores. */
  int eventLoopsOn(int cores) {
    long most = windowBytes / ((long) MIN_RUNS_PER_LOOP * largestRunBytes());
    return eventLoops > 0 ? eventLoops : (int) Math.min(cores, most);
  }

  /** Every port with its channel, the main one first. */
  List<LinePort> ports() {
    List<LinePort> ports = new ArrayList<>();
    ports.add(new LinePort(port, MAIN_CHANNEL));
    ports.addAll(lines);
    return ports;
  }

  /** A builder that begins with these options. */
  public ServerOptionsBuilder toBuilder() {
    return new ServerOptionsBuilder(this);
  }

  /** A builder that begins with the defaults. */
  public static ServerOptionsBuilder builder() {
    return defaults().toBuilder();
  }

  static void requireRange(String name, long value, long least, long most) {
    String range = most >= Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    require(value >= least && value <= most, name + " must be " + range + ", not " + value);
  }

  static void requireChannel(String name) {
    require(
        name.matches("[A-Za-z0-9_.-]{1,64}"),
        "a channel's name is 1 to 64 of A-Z a-z 0-9 _ . -, not '" + name + "'");
  }

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
