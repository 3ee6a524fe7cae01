package io.linecast.server.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Everything of the server's own that is exported; the one source for docs, dashboard and alerts.
 */
public enum Metric {
  /** Lines that were given a number. */
  LINES_ACCEPTED(Type.COUNTER, "lines", "Lines that were given a number.", Label.CHANNEL),
  /** Their bytes. */
  BYTES_ACCEPTED(Type.COUNTER, "bytes", "Bytes of these, line feeds included.", Label.CHANNEL),
  /** Lines that nobody heard because of their length. */
  LINES_TOO_LONG(
      Type.COUNTER, "lines", "Lines discarded because they were over the limit.", Label.CHANNEL),

  /** What everything delivered is held against. */
  DELIVERIES_ELIGIBLE(
      Type.COUNTER,
      "deliveries",
      "Deliveries that ought to happen: for each line, the clients it is for.",
      Label.CHANNEL),
  /** Deliveries made, to those present and to those who have left. */
  DELIVERIES_DELIVERED(
      Type.COUNTER, "deliveries", "Deliveries made: the last byte is in a socket.", Label.CHANNEL),
  /** Deliveries that a slow client had to do without. */
  DELIVERIES_SKIPPED(
      Type.COUNTER,
      "deliveries",
      "Deliveries that clients were made to skip because they were slow.",
      Label.CHANNEL),
  /** Deliveries that nobody is there for any more. */
  DELIVERIES_LOST_WITH_DEPARTED(
      Type.COUNTER,
      "deliveries",
      "Deliveries that were still to be made when a client left.",
      Label.CHANNEL),
  /** Deliveries still to be made to those present. */
  DELIVERIES_PENDING(
      Type.GAUGE, "deliveries", "Deliveries still to be made to clients present.", Label.CHANNEL),

  /** Times a client fell behind. */
  LAGGED(
      Type.COUNTER,
      "times",
      "Times a client fell behind because its socket was full.",
      Label.CHANNEL),
  /** Times a client was no longer behind. */
  CAUGHT_UP(Type.COUNTER, "times", "Times a lagging client caught up again.", Label.CHANNEL),
  /** Times a client was too far behind. */
  LAPPED(Type.COUNTER, "times", "Times a client fell a whole window behind.", Label.CHANNEL),
  /** Times the server itself was behind. */
  OVERLOADS(
      Type.COUNTER,
      "times",
      "Times senders were read no further because the server itself was behind.",
      Label.CHANNEL),
  /** Times senders waited for a client. */
  STALLS(
      Type.COUNTER,
      "times",
      "Times senders were read no further because a client lagged (--slow stall).",
      Label.CHANNEL),

  /** Whether lines are kept. */
  JOURNAL_UP(
      Type.GAUGE,
      "",
      "1 if the journal keeps lines, 0 while it is in trouble and senders are told that it is.",
      Label.CHANNEL),
  /** What has come and is not kept yet. */
  JOURNAL_WAITING_BYTES(
      Type.GAUGE, "bytes", "Lines that have come and wait to be kept.", Label.CHANNEL),
  /** What is kept and not heard yet. */
  JOURNAL_LAG_LINES(
      Type.GAUGE,
      "lines",
      "Lines known to be in the journal that nobody here has heard yet.",
      Label.CHANNEL),
  /** Times lines could not be kept. */
  JOURNAL_FAILURES(
      Type.COUNTER, "times", "Times the journal began to be in trouble.", Label.CHANNEL),
  /** Accepted lines by these are how many share a wait for the disk. */
  JOURNAL_COMMITS(
      Type.COUNTER,
      "transactions",
      "Transactions of a journal in a file that have kept lines; 0 with any other journal.",
      Label.CHANNEL),
  /** Times senders waited for the journal. */
  JOURNAL_WAITS(
      Type.COUNTER,
      "times",
      "Times senders were read no further because the journal had enough to do, or was in trouble.",
      Label.CHANNEL),

  /** Who is connected, by how they speak. */
  CONNECTIONS(
      Type.GAUGE,
      "connections",
      "Open connections, by the channel they hear; it is empty for those that hear none.",
      Label.WIRE,
      Label.CHANNEL),
  /** How many there may be. */
  CONNECTIONS_MAX(Type.GAUGE, "connections", "Connections that there may be at once."),
  /** Connections that have ended. */
  CONNECTIONS_CLOSED(
      Type.COUNTER,
      "connections",
      "Connections that ended, and those never let in because there were too many (full).",
      Label.REASON),
  /** What was not let in or not done. */
  REFUSED(
      Type.COUNTER,
      "refusals",
      "Connections (full), hellos and HTTP requests that were refused, by the code of the answer.",
      Label.CODE),

  /** Limits that were reached. */
  LIMITED(
      Type.COUNTER,
      "times",
      "Times a limit was reached, by the option that sets it; security.md says what becomes of whom.",
      Label.LIMIT),

  /** How far clients are behind, in lines. */
  LAG_LINES(
      Type.HISTOGRAM,
      "lines",
      "How many lines each client had still to get, looked at every 5 s.",
      Label.CHANNEL),
  /** How far clients are behind, in bytes. */
  LAG_BYTES(
      Type.HISTOGRAM,
      "bytes",
      "How many bytes of its feed each client was behind, looked at every 5 s.",
      Label.CHANNEL),
  /** How far clients are behind, in time. */
  LAG_SECONDS(
      Type.HISTOGRAM,
      "seconds",
      "How long ago the first line that a client had still to get was accepted, looked at every 5 s.",
      Label.CHANNEL),
  /** How long lines take. */
  DELIVERY_LATENCY_SECONDS(
      Type.HISTOGRAM,
      "seconds",
      "From a line's acceptance until it was in a client's socket; a sample of deliveries.",
      Label.CHANNEL),
  /** How long it takes to serve everybody once. */
  SWEEP_SECONDS(
      Type.HISTOGRAM,
      "seconds",
      "How long a loop took to write to each of its clients once; a sample.",
      Label.CHANNEL),

  /** Memory that clients take. */
  CLIENT_MEMORY_BYTES(
      Type.GAUGE,
      "bytes",
      "Held for clients beside the lines kept: what they have not finished or not read."),
  /** Memory that clients may take. */
  CLIENT_MEMORY_MAX_BYTES(Type.GAUGE, "bytes", "What may be held for clients (--max-memory)."),

  /** Memory that lines take. */
  FEED_KEPT_BYTES(
      Type.GAUGE,
      "bytes",
      "Memory taken by the lines kept, in every encoding, and made ready for those to come.",
      Label.CHANNEL),
  /** Memory that lines may take. */
  FEED_WINDOW_BYTES(Type.GAUGE, "bytes", "How far back lines are kept (--window).", Label.CHANNEL),

  /** Connections that became secure. */
  TLS_HANDSHAKES(Type.COUNTER, "handshakes", "TLS handshakes that were done, resumed ones too."),
  /** Those that went on with an earlier session. */
  TLS_RESUMED(Type.COUNTER, "handshakes", "Of these, those that resumed an earlier session."),
  /** Connections that did not become secure. */
  TLS_FAILED(Type.COUNTER, "handshakes", "TLS handshakes that were not done."),
  /** Certificates that took another's place. */
  TLS_RELOADS(Type.COUNTER, "times", "Times that new certificate files were taken."),
  /** Certificate files that were of no use. */
  TLS_RELOADS_FAILED(
      Type.COUNTER, "times", "Times that certificate files changed and could not be used."),
  /** When clients will not connect any more. */
  TLS_NOT_AFTER_SECONDS(
      Type.GAUGE, "seconds", "When the certificate expires, in seconds since 1970; 0 without TLS."),

  /** Whether it is to be sent clients. */
  READY(
      Type.GAUGE,
      "",
      "1 if /health/ready says ok, 0 while the server stops, senders wait or a journal is in trouble."),
  /** Which server this is. */
  BUILD_INFO(Type.GAUGE, "", "Always 1; the label tells the version.", Label.VERSION);

  /** What kind of figure it is. */
  public enum Type {
    /** Only ever rises. */
    COUNTER("_total"),
    /** Rises and falls. */
    GAUGE(""),
    /** Values counted in buckets; beside these there are their count, sum and recent maximum. */
    HISTOGRAM("", "_bucket", "_count", "_sum", "_max");

    private final String ending;

    @SuppressWarnings("ImmutableEnumChecker") // List.of's are
    private final List<String> seriesEndings;

    Type(String ending, String... seriesEndings) {
      this.ending = ending;
      this.seriesEndings = seriesEndings.length == 0 ? List.of("") : List.of(seriesEndings);
    }
  }

  /** What tells a metric's series apart. */
  public enum Label {
    /** A channel's name. */
    CHANNEL,
    /** How a connection speaks: plain, acknowledged, websocket, events, http. */
    WIRE,
    /** Why a connection ended. */
    REASON,
    /** The word of a refusal. */
    CODE,
    /** The option that sets a limit. */
    LIMIT,
    /** A release. */
    VERSION;

    /** As it is exported. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String PREFIX = "linecast_";

  private final Type type;
  private final String unit;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of's are
  private final List<Label> labels;

  Metric(Type type, String unit, String help, Label... labels) {
    this.type = type;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** As it is exported. */
  public String exportedName() {
    return PREFIX + name().toLowerCase(Locale.ROOT) + type.ending;
  }

  /** The names of its series: several if it is a histogram. */
  public Stream<String> seriesNames() {
    return type.seriesEndings.stream().map(exportedName()::concat);
  }

  /** As the registry knows it, which has dots between words and adds what the type says. */
  String meterName() {
    return (PREFIX + name().toLowerCase(Locale.ROOT)).replace('_', '.');
  }

  /** What kind of figure it is. */
  public Type type() {
    return type;
  }

  /** What is counted or measured; empty if nothing is. */
  public String unit() {
    return unit;
  }

  /** A sentence for people. */
  public String help() {
    return help;
  }

  /** What tells its series apart. */
  public List<Label> labels() {
    return labels;
  }
}
