package io.linecast.cli;

import io.linecast.core.SlowPolicy;
import io.linecast.server.FinalFigures;
import io.linecast.server.LinecastServer;
import io.linecast.server.ServerOptions;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.TooLong;
import io.linecast.server.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linecast serve}: a server in the foreground, until it is told to stop. */
@Command(
    name = "serve",
    description = "Serves: every line that a client sends goes to every other client.",
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading = "%nSizes: 65536, 64k, 64m, 1g. Times: 10 (seconds), 500ms, 2m.%n",
    footer = {
      "Every option is also a setting: in the environment (--max-line is LINECAST_MAX_LINE) and in",
      "the --config file (max-line = 64k). The command line comes first, then the environment.",
      "",
      "Examples:",
      "  linecast serve                              then, elsewhere: nc 127.0.0.1 1234",
      "  linecast serve --bind 0.0.0.0 --history 20  for other machines, with the last 20 lines",
      "  linecast serve --bind 127.0.0.1,::1         by IPv6 as well",
      "  linecast serve --unix /run/lines            then, elsewhere: nc -U /run/lines",
      "  linecast serve --lines 1235=ships --lines 1236=planes",
      "  linecast serve --port 0 --port-file port    any free port, for scripts",
      "  linecast serve --journal sqlite:lines.db --keep 7d,10g",
      "                                              lines that last: a week's, 10 GiB at most",
    })
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ServerOptions.DEFAULT_PORT,
      description = "Port of channel " + ServerOptions.MAIN_CHANNEL + "; 0 takes any free one.")
  private int port;

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description =
          "File to write the port to once it listens; lines PORT=CHANNEL, unix=PATH=CHANNEL and"
              + " web=PORT follow.")
  private @Nullable Path portFile;

  @Option(
      names = "--lines",
      paramLabel = "PORT=CHANNEL",
      split = ",",
      converter = LinePortConverter.class,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "One more port with its channel, a world of its own. Repeatable.")
  private List<LinePort> lines = new ArrayList<>();

  @Mixin private ReachFlags reach = new ReachFlags();

  @Option(
      names = "--window",
      paramLabel = "SIZE",
      defaultValue = "64m",
      converter = Size.Converter.class,
      description =
          "How far back a channel keeps its lines, and how far a client may lag, in bytes.")
  private Size window;

  @Option(
      names = "--max-line",
      paramLabel = "SIZE",
      defaultValue = "64k",
      converter = Size.Converter.class,
      description = "Longest line in bytes, line feed included; 1 to 1m.")
  private Size maxLine;

  @Option(
      names = "--too-long",
      paramLabel = "discard|close",
      defaultValue = "discard",
      description = "What becomes of a longer line: it is discarded, or its sender is closed.")
  private TooLong tooLong;

  @Option(
      names = "--history",
      paramLabel = "LINES",
      defaultValue = "0",
      description = "How many of the last lines a new client hears first.")
  private long history;

  @Option(
      names = "--slow",
      paramLabel = "disconnect|skip|stall",
      defaultValue = "disconnect",
      description =
          "What becomes of a client a whole window behind: it is disconnected; it skips lines (a"
              + " plain client is not told); or it never happens, as senders wait for the slowest.")
  private SlowPolicy slow;

  @Option(
      names = "--allow-end",
      description = "A line END stops the server in an orderly way. Off by default.")
  private boolean allowEnd;

  @Option(
      names = "--print",
      description = "Write each accepted line to standard output. Off by default.")
  private boolean print;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many clients at most; 0: as many as file descriptors allow.")
  private int maxConnections;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "0",
      converter = Seconds.class,
      description = "Close a plain client without traffic for this long, in seconds; 0: never.")
  private Duration idleTimeout;

  @Option(
      names = "--event-loops",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads that serve; 0: one a core, as far as the window has room.")
  private int eventLoops;

  @Option(
      names = "--transport",
      paramLabel = "auto|epoll|nio",
      defaultValue = "auto",
      description = "How sockets are spoken to; auto: epoll where it is to be had.")
  private Transport transport;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "10",
      converter = Seconds.class,
      description = "How long an orderly stop may take, in seconds.")
  private Duration drain;

  @Mixin private AckFlags acknowledged = new AckFlags();

  @Mixin private WebFlags web = new WebFlags();
  @Mixin private TlsFlags tls = new TlsFlags();
  @Mixin private AccessFlags access = new AccessFlags();
  @Mixin private LimitFlags limits = new LimitFlags();
  @Mixin private JournalFlags journal = new JournalFlags();

  @Option(
      names = "--log-level",
      paramLabel = "error|warn|info|debug|trace",
      defaultValue = "info",
      description = "How much is said on standard error.")
  private LogLevel logLevel;

  @Option(names = "--config", paramLabel = "FILE", description = "Properties file with settings.")
  private @Nullable Path unusedHere;

  @Override
  public Integer call() {
    logLevel.apply();
    LinecastServer server = LinecastServer.start(options());
    StopSignals.stopOnce(server::stopSoon);
    if (portFile != null) {
      writePortFile(portFile, server);
    }
    new Announcement(server).printTo(err());
    FinalFigures figures = server.awaitStopped();
    err().println("stopped; " + figures);
    err().flush();
    return ExitCode.OK.code();
  }

  ServerOptions options() {
    try {
      return ServerOptions.builder()
          .bind(reach.bind())
          .port(port)
          .lines(lines)
          .windowBytes(window.bytes())
          .maxLineBytes((int) Math.min(Integer.MAX_VALUE, maxLine.bytes()))
          .tooLong(tooLong)
          .historyLines(history)
          .slow(slow)
          .allowEnd(allowEnd)
          .print(print)
          .maxConnections(maxConnections)
          .idleTimeout(idleTimeout)
          .eventLoops(eventLoops)
          .transport(transport)
          .drain(drain)
          .acknowledged(acknowledged.options())
          .web(web.options())
          .tls(tls.options())
          .access(access.options())
          .limits(limits.options())
          .reach(reach.options())
          .journal(journal.options())
          .build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private static void writePortFile(Path file, LinecastServer server) {
    try {
      PortFile.write(file, server);
    } catch (IOException e) {
      server.close();
      throw FileTrouble.report("cannot write the port file " + file, e);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
