package io.linecast.server;

import io.linecast.core.JournalOptions;
import io.linecast.core.SlowPolicy;
import io.linecast.server.ServerOptions.LinePort;
import java.time.Duration;
import java.util.List;

/** Makes {@link ServerOptions} one setting at a time; each is described there. One thread's own. */
public final class ServerOptionsBuilder {

  private List<String> bind;
  private int port;
  private List<LinePort> lines;
  private long windowBytes;
  private int maxLineBytes;
  private TooLong tooLong;
  private long historyLines;
  private SlowPolicy slow;
  private boolean allowEnd;
  private boolean print;
  private int maxConnections;
  private Duration idleTimeout;
  private int eventLoops;
  private Transport transport;
  private Duration drain;
  private AckOptions acknowledged;
  private WebOptions web;
  private TlsOptions tls;
  private AccessOptions access;
  private LimitOptions limits;
  private ReachOptions reach;
  private JournalOptions journal;

  ServerOptionsBuilder(ServerOptions options) {
    bind = options.bind();
    port = options.port();
    lines = options.lines();
    windowBytes = options.windowBytes();
    maxLineBytes = options.maxLineBytes();
    tooLong = options.tooLong();
    historyLines = options.historyLines();
    slow = options.slow();
    allowEnd = options.allowEnd();
    print = options.print();
    maxConnections = options.maxConnections();
    idleTimeout = options.idleTimeout();
    eventLoops = options.eventLoops();
    transport = options.transport();
    drain = options.drain();
    acknowledged = options.acknowledged();
    web = options.web();
    tls = options.tls();
    access = options.access();
    limits = options.limits();
    reach = options.reach();
    journal = options.journal();
  }

  /** See {@link ServerOptions#bind}. */
  public ServerOptionsBuilder bind(List<String> value) {
    bind = value;
    return this;
  }

  /** One address alone. */
  public ServerOptionsBuilder bind(String value) {
    return bind(List.of(value));
  }

  /** See {@link ServerOptions#port}. */
  public ServerOptionsBuilder port(int value) {
    port = value;
    return this;
  }

  /** See {@link ServerOptions#lines}. */
  public ServerOptionsBuilder lines(List<LinePort> value) {
    lines = value;
    return this;
  }

  /** See {@link ServerOptions#windowBytes}. */
  public ServerOptionsBuilder windowBytes(long value) {
    windowBytes = value;
    return this;
  }

  /** See {@link ServerOptions#maxLineBytes}. */
  public ServerOptionsBuilder maxLineBytes(int value) {
    maxLineBytes = value;
    return this;
  }

  /** See {@link ServerOptions#tooLong}. */
  public ServerOptionsBuilder tooLong(TooLong value) {
    tooLong = value;
    return this;
  }

  /** See {@link ServerOptions#historyLines}. */
  public ServerOptionsBuilder historyLines(long value) {
    historyLines = value;
    return this;
  }

  /** See {@link ServerOptions#slow}. */
  public ServerOptionsBuilder slow(SlowPolicy value) {
    slow = value;
    return this;
  }

  /** See {@link ServerOptions#allowEnd}. */
  public ServerOptionsBuilder allowEnd(boolean value) {
    allowEnd = value;
    return this;
  }

  /** See {@link ServerOptions#print}. */
  public ServerOptionsBuilder print(boolean value) {
    print = value;
    return this;
  }

  /** See {@link ServerOptions#maxConnections}. */
  public ServerOptionsBuilder maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  /** See {@link ServerOptions#idleTimeout}. */
  public ServerOptionsBuilder idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  /** See {@link ServerOptions#eventLoops}. */
  public ServerOptionsBuilder eventLoops(int value) {
    eventLoops = value;
    return this;
  }

  /** See {@link ServerOptions#transport}. */
  public ServerOptionsBuilder transport(Transport value) {
    transport = value;
    return this;
  }

  /** See {@link ServerOptions#drain}. */
  public ServerOptionsBuilder drain(Duration value) {
    drain = value;
    return this;
  }

  /** See {@link ServerOptions#acknowledged}. */
  public ServerOptionsBuilder acknowledged(AckOptions value) {
    acknowledged = value;
    return this;
  }

  /** See {@link ServerOptions#web}. */
  public ServerOptionsBuilder web(WebOptions value) {
    web = value;
    return this;
  }

  /** See {@link ServerOptions#tls}. */
  public ServerOptionsBuilder tls(TlsOptions value) {
    tls = value;
    return this;
  }

  /** See {@link ServerOptions#access}. */
  public ServerOptionsBuilder access(AccessOptions value) {
    access = value;
    return this;
  }

  /** See {@link ServerOptions#limits}. */
  public ServerOptionsBuilder limits(LimitOptions value) {
    limits = value;
    return this;
  }

  /** See {@link ServerOptions#reach}. */
  public ServerOptionsBuilder reach(ReachOptions value) {
    reach = value;
    return this;
  }

  /** See {@link ServerOptions#journal}. */
  public ServerOptionsBuilder journal(JournalOptions value) {
    journal = value;
    return this;
  }

  /**
   * The options.
   *
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public ServerOptions build() {
    return new ServerOptions(
        bind,
        port,
        lines,
        windowBytes,
        maxLineBytes,
        tooLong,
        historyLines,
        slow,
        allowEnd,
        print,
        maxConnections,
        idleTimeout,
        eventLoops,
        transport,
        drain,
        acknowledged,
        web,
        tls,
        access,
        limits,
        reach,
        journal);
  }
}
