package io.linecast.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code linecast bench}: loads a line server, and reports what came of it and how late. */
@Command(
    name = "bench",
    description = {
      "Loads a line server by a schedule fixed in advance, counts every delivery, and tells how late"
          + " the lines came, from the moment each was due.",
      "",
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading = "%nWhat a scenario does if nothing else is said:%n",
    footer = {
      "           connections  senders    rate  line-bytes  seconds  warmup  processes",
      "  steady          1000        1    1000          20       10       2          1",
      "  seed            4000        4      40          20       10       2          4",
      "  chatter         4000     4000   40000          20       10       5          1",
      "  flood           4000        1   10000          20        5       2          1",
      "  idle           19000",
      "  stuck            400        1    2000        3000       20       4          1",
      "  storm           4000",
      "  pingpong           2                           20       10       2",
      "  publish                     1                  20       10       2",
      "  resume          1000                           20",
      "seed: 1,000 connections, a sender and 10 lines/s for each of --processes; chatter: every client"
          + " sends, 10 lines/s for each of --senders.",
      "",
      "Exit codes: 0 all came, 2 wrong options, 7 lines were lost or wrong (flood: no rate is"
          + " sustained), 8 the load could not be run.",
      "",
      "Examples:",
      "  linecast bench                              1,000 clients of a server on this machine",
      "  linecast bench --scenario chatter --plot chatter.svg",
      "  linecast bench 127.0.0.1:7000 --connections 200 --rate 50 --full",
      "  linecast bench --scenario publish --senders 8",
      "  linecast bench --scenario resume --lines 10000",
      "  linecast bench --wire ack --connections 4000 --rate 40000",
      "  linecast bench --wire ws --connections 4000 --rate 40000 --web-port 8234",
      "  linecast bench --scenario flood --p99-limit 100 --json -",
      "  taskset -c 0 linecast serve, and elsewhere: taskset -c 1 linecast bench --scenario seed",
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int LOST = 7;
  private static final int NOT_RUN = 8;
  private static final int STANDARD_ERROR = 2;
  private static final int SETTLE_SECONDS = 60;
  private static final int FLOOD_SETTLE_SECONDS = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:1234",
      description = {
        "The server; ${DEFAULT-VALUE} if none is given.",
        "steady, seed, chatter: or several that share a journal, with commas between them; each of"
            + " the --processes loads one, and all must hear all lines."
      })
  private String target;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "steady",
      completionCandidates = ScenarioNames.class,
      description = {
        "What to do; ${DEFAULT-VALUE} if nothing is said. Options that are given win over it.",
        "steady: 1 sender, 1,000 clients",
        "seed: 4 processes with 1,000 clients each, a line every 100 ms from a thread of each",
        "chatter: 4,000 clients, each sends a line every 100 ms: 160 million deliveries a second",
        "flood: raises the rate until it is not sustained; reports the highest that is",
        "idle: memory of the server per connection",
        "stuck: a share of all clients never reads; a run with them, between two without",
        "storm: all connect at once, are cut, come back",
        "pingpong: two clients, round trip; with --wire ack: one client, from SEND to SENT",
        "publish: as many acknowledged lines as get through, from --senders connections; with --rate"
            + " so many, and how long answers take",
        "resume: all clients want the last --lines lines at once, all of --line-bytes",
      })
  private Scenario scenario;

  @Mixin private LoadFlags load = new LoadFlags();

  @Option(names = "--full", description = "Read and verify every line on every connection.")
  private boolean full;

  @Option(
      names = "--p99-limit",
      paramLabel = "MS",
      defaultValue = "250",
      description =
          "flood: a rate is sustained if nothing is lost or wrong, the p99 of the lines due in the"
              + " measured seconds is at most MS, and the last line has come everywhere at most MS"
              + " after it was due; ${DEFAULT-VALUE}.")
  private int p99Limit;

  @Option(
      names = "--stuck-share",
      paramLabel = "PERCENT",
      defaultValue = "25",
      description = "stuck: how many of all clients never read; ${DEFAULT-VALUE}.")
  private int stuckShare;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "storm: how often all connect; ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--hold",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "idle: how long before memory is looked at; ${DEFAULT-VALUE}.")
  private int hold;

  @Option(
      names = "--window",
      paramLabel = "LINES",
      defaultValue = "4096",
      description = "publish: how many lines of each may be unanswered; ${DEFAULT-VALUE}.")
  private int window;

  @Option(
      names = "--lines",
      paramLabel = "LINES",
      defaultValue = "100000",
      description = "resume: how many lines each wants; ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the report as JSON too; - is standard output, instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw the latency by percentile; FILE ends in .svg or .png.")
  private @Nullable Path plot;

  @Option(names = "--allow-remote", description = "Load a server on another machine.")
  private boolean allowRemote;

  @Option(names = "--no-progress", description = "No progress bar, also on a terminal.")
  private boolean noProgress;

  @Override
  public Integer call() {
    if (!System.getProperty("os.name").equals("Linux")) {
      err().println("linecast bench: it makes system calls that only Linux has; run it there");
      return NOT_RUN;
    }
    try {
      Report report = run(options());
      write(report);
      return report.clean() ? 0 : LOST;
    } catch (UsageException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (LoadFailure e) {
      err().println("linecast bench: " + target + ": " + e.getMessage());
      return NOT_RUN;
    } catch (IOException e) {
      err().println("linecast bench: the report could not be written: " + e.getMessage());
      return NOT_RUN;
    }
  }

  private Report run(LoadOptions options) {
    try (Progress progress = progress()) {
      return run(options, progress);
    }
  }

  private Report run(LoadOptions options, Progress progress) {
    return switch (scenario) {
      case STEADY, SEED, CHATTER -> LoadReport.of(options, new LoadRun(options, progress).run());
      case FLOOD -> new Flood(options, p99Limit, progress).run();
      case STUCK -> new Stuck(options, stuckShare, progress).run();
      case IDLE -> new Idle(options, hold, progress).run();
      case STORM -> new Storm(options, rounds, progress).run();
      case PINGPONG ->
          options.dialect() == Dialect.ACK
              ? new AcknowledgedPingPong(options, progress).run()
              : new PingPong(options, progress).run();
      case PUBLISH -> new Publish(options, window, publishRate(options), progress).run();
      case RESUME -> new Resume(options, lines, progress).run();
    };
  }

  /** Without one that is said, lines are not held back. */
  private int publishRate(LoadOptions options) {
    return spec.commandLine().getParseResult().hasMatchedOption("--rate")
        ? options.linesPerSecond()
        : 0;
  }

  private LoadOptions options() {
    LoadFlags.check("--p99-limit", p99Limit, 1, 60_000);
    LoadFlags.check("--stuck-share", stuckShare, 1, 90);
    LoadFlags.check("--rounds", rounds, 1, 1_000);
    LoadFlags.check("--hold", hold, 0, 600);
    LoadFlags.check("--window", window, 1, 1_000_000);
    LoadFlags.check("--lines", lines, 1, 1_000_000_000);
    files().check();
    refuseUnused();
    int settleSeconds = scenario == Scenario.FLOOD ? FLOOD_SETTLE_SECONDS : SETTLE_SECONDS;
    List<InetSocketAddress> targets = Target.parseAll(target, allowRemote);
    if (targets.size() > 1 && !scenario.takesSeveralServers()) {
      throw new UsageException("the scenario " + scenario.word() + " is for one server");
    }
    return load.options(targets, scenario.preset(), full, settleSeconds);
  }

  /** An option that changes nothing is a misunderstanding. */
  private void refuseUnused() {
    ParseResult given = spec.commandLine().getParseResult();
    for (String option : scenario.unused()) {
      if (given.hasMatchedOption(option)) {
        throw new UsageException(option + " changes nothing in the scenario " + scenario.word());
      }
    }
  }

  private ReportFiles files() {
    return new ReportFiles(json, plot);
  }

  private Progress progress() {
    return noProgress || !Libc.isTerminal(STANDARD_ERROR)
        ? Progress.none()
        : Progress.onTerminal(scenario.word());
  }

  private void write(Report report) throws IOException {
    String name = scenario.word();
    Map<String, String> heading = new LinkedHashMap<>();
    heading.put("scenario", name);
    heading.put("target", target);
    heading.putAll(load.wires());
    if (scenario == Scenario.PUBLISH || scenario == Scenario.RESUME) {
      heading.put("wire", "ack");
    }
    String text = report.toJson(heading);
    PrintWriter out = spec.commandLine().getOut();
    out.print(files().replacesTable() ? text : report.toTable());
    out.flush();
    files().write(text, "Latency: " + name, target, report.curve());
    if (plot != null && report.curve().length == 0) {
      err().println("linecast bench: there is no plot, since no delay could be measured");
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
