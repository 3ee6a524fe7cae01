package io.linecast.cli;

import io.linecast.cli.PageRow.Tone;
import io.linecast.cli.PageTable.Column;
import io.linecast.cli.ServerStatus.Channel;
import io.linecast.cli.ServerStatus.Client;
import io.linecast.cli.ServerStatus.Closed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** Lays out what a server says of itself for a screen of a size, or for paper without end. */
final class StatusPage {

  private static final PageTable<Channel> CHANNELS =
      new PageTable<>(
          List.of(
              Column.words("CHANNEL", 20, Channel::name),
              Column.number("LINES/S IN", 19, c -> Figures.rate(c.linesPerSecond())),
              Column.number("DELIVERIES/S", 18, c -> Figures.rate(c.deliveriesPerSecond())),
              Column.number("CLIENTS", 17, c -> Figures.count(c.clients())),
              Column.number("KEPT", 13, c -> Figures.bytes(c.keptBytes())),
              Column.number("WINDOW", 12, c -> Figures.bytes(c.windowBytes())),
              Column.number("WORST LAG", 16, c -> Figures.bytes(c.lagBytesMax())),
              Column.number("P50", 11, c -> Figures.millis(c.latency().p50Millis())),
              Column.number("P99", 15, c -> Figures.millis(c.latency().p99Millis())),
              Column.number("MAX LATENCY", 14, c -> Figures.millis(c.latency().maxMillis())),
              Column.words("JOURNAL", 10, c -> JournalWords.of(c.journal()))),
          "no channel");

  private static final PageTable<Client> SLOWEST =
      new PageTable<>(
          List.of(
              Column.words("SLOWEST CLIENT", 20, Client::address),
              Column.words("WIRE", 14, Client::wire),
              Column.words("CHANNEL", 15, Client::channel),
              Column.number("LINES BEHIND", 17, c -> Figures.count(c.lagLines())),
              Column.number("BYTES BEHIND", 19, c -> Figures.bytes(c.lagBytes())),
              Column.number("TIME BEHIND", 18, c -> Figures.millis(c.lagMillis())),
              Column.number("SEND QUEUE", 16, c -> Figures.bytes(c.sendQueueBytes()))),
          "no client is behind");

  private static final int TABLES = 3;
  private static final int HELP_ROWS = 13;

  private final TopView view;
  private final ServerStatus status;
  private final Instant now;
  private final int width;

  private StatusPage(TopView view, Instant now, int width) {
    this.view = view;
    this.status = view.shown().status();
    this.now = now;
    this.width = width;
  }

  /** As many rows as a screen has at most, of which none is wider by more than one column. */
  static List<PageRow> screen(TopView view, Instant now, int width, int height) {
    StatusPage page = new StatusPage(view, now, width);
    List<PageRow> rows = new ArrayList<>(page.head());
    if (view.help()) {
      rows.add(PageRow.EMPTY);
      rows.addAll(page.help());
    } else {
      rows.addAll(page.tables(height - rows.size() - 1));
    }
    int room = Math.max(0, height - 1);
    List<PageRow> screen = new ArrayList<>(rows.subList(0, Math.min(room, rows.size())));
    while (screen.size() < room) {
      screen.add(PageRow.EMPTY);
    }
    if (height > 0) {
      screen.add(page.foot());
    }
    return screen;
  }

  /** All there is, as wide and as long as it comes. */
  static List<String> paper(TopView view, Instant now) {
    StatusPage page = new StatusPage(view, now, Integer.MAX_VALUE);
    List<PageRow> rows = new ArrayList<>(page.head());
    rows.addAll(page.tables(Integer.MAX_VALUE));
    return rows.stream().map(PageRow::text).toList();
  }

  private List<PageRow> head() {
    List<PageRow> head = new ArrayList<>();
    String up = "up " + Figures.duration(status.uptimeSeconds());
    String time = Figures.clock(view.shown().at().toString(), now, view.zone());
    String first =
        String.join(
            "  ",
            "linecast " + PageTable.cut(status.version()),
            up,
            time,
            SafeText.of(view.server()));
    head.add(new PageRow(Tone.TITLE, first));
    head.addAll(new PageRow(Tone.NORMAL, connections()).folded(width));
    limits().ifPresent(words -> head.addAll(new PageRow(Tone.NORMAL, words).folded(width)));
    condition().forEach(words -> head.addAll(new PageRow(Tone.WARNING, words).folded(width)));
    return head;
  }

  private String connections() {
    List<String> byWire = new ArrayList<>();
    status
        .connections()
        .forEach((wire, number) -> byWire.add(PageTable.cut(wire) + " " + Figures.count(number)));
    if (byWire.isEmpty()) {
      return "connections " + Figures.UNKNOWN;
    }
    OptionalDouble sum =
        OptionalDouble.of(
            status.connections().values().stream().mapToDouble(n -> n.orElse(0)).sum());
    return "connections " + Figures.count(sum) + ": " + String.join(", ", byWire);
  }

  /** Those that were reached; an older server does not say. */
  private Optional<String> limits() {
    List<String> reached = new ArrayList<>();
    status
        .limited()
        .forEach(
            (flag, times) -> {
              if (times.orElse(0) > 0) {
                reached.add("--" + PageTable.cut(flag) + " " + Figures.count(times));
              }
            });
    return reached.isEmpty()
        ? Optional.empty()
        : Optional.of("limits reached: " + String.join(", ", reached));
  }

  private List<String> condition() {
    List<String> words = new ArrayList<>();
    view.shown()
        .trouble()
        .ifPresent(
            why -> {
              Duration age = Duration.between(view.shown().at(), now);
              String since = Figures.duration(age.toSeconds());
              words.add("NO CONNECTION for " + since + ", trying again: " + SafeText.of(why));
            });
    if (status.draining()) {
      words.add("DRAINING: the server stops; clients are given what they are owed");
    }
    if (status.overloaded()) {
      words.add("OVERLOADED: the server is behind; senders wait");
    }
    words.addAll(JournalWords.troubles(status.channels()));
    return words;
  }

  private List<PageRow> tables(int room) {
    List<Client> slowest = status.slowest().stream().sorted(view.order().comparator()).toList();
    // The order of ISO times is that of their letters.
    List<Closed> closed =
        status.closed().stream().sorted(Comparator.comparing(Closed::at).reversed()).toList();
    List<IntFunction<List<PageRow>>> tables =
        List.of(
            most -> CHANNELS.rows(status.channels(), width, most),
            most -> SLOWEST.rows(slowest, width, most),
            most -> closedTable().rows(closed, width, most));
    int[] wanted = {
      PageTable.rowsWanted(status.channels()),
      PageTable.rowsWanted(slowest),
      PageTable.rowsWanted(closed)
    };
    int[] most = share(wanted, room - TABLES);
    List<PageRow> rows = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      rows.add(PageRow.EMPTY);
      rows.addAll(tables.get(i).apply(most[i]));
    }
    return view.shown().trouble().isPresent() ? rows.stream().map(PageRow::stale).toList() : rows;
  }

  /** Each gets a row in turn until it has what it wants: a long table takes none from a short. */
  private static int[] share(int[] wanted, int room) {
    int[] shares = new int[wanted.length];
    int left = room;
    boolean wanting = true;
    while (left > 0 && wanting) {
      wanting = false;
      for (int i = 0; i < wanted.length && left > 0; i++) {
        if (shares[i] < wanted[i]) {
          shares[i]++;
          left--;
          wanting = true;
        }
      }
    }
    return shares;
  }

  private PageTable<Closed> closedTable() {
    return new PageTable<>(
        List.of(
            Column.words("CLOSED LATELY", 18, c -> Figures.clock(c.at(), now, view.zone())),
            Column.words("ADDRESS", 19, Closed::address),
            Column.words("WIRE", 17, Closed::wire),
            Column.words("REASON", 20, Closed::reason)),
        "none was closed");
  }

  private List<PageRow> help() {
    List<PageRow> help = new ArrayList<>(HELP_ROWS);
    for (String line :
        """
        q, Ctrl-C  leave
        p, space   pause, and go on
        s          sort the slowest clients by something else
        ?          this help, and back
        Ctrl-L     draw all anew

        Lines in and deliveries out are those of the last full second. P50, P99 and max latency
        tell how long deliveries took lately. Worst lag is what the client furthest behind has
        still to get; the send queue is what the kernel holds for a client that has not taken
        it. The journal keeps lines; what waits for it, and how far hearing is behind it, stands
        there too. - is what the server does not know."""
            .lines()
            .toList()) {
      help.addAll(new PageRow(Tone.NORMAL, line).folded(width));
    }
    return help;
  }

  private PageRow foot() {
    String keys =
        view.help()
            ? "? back  q leave"
            : "q leave  p "
                + (view.paused() ? "go on" : "pause")
                + "  s sort (by "
                + view.order().text()
                + ")  ? help";
    return view.paused()
        ? new PageRow(Tone.WARNING, "PAUSED  " + keys)
        : new PageRow(Tone.FAINT, keys);
  }
}
