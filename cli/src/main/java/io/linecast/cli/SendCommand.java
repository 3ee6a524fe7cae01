package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.ClientBuilder;
import io.linecast.client.ClientException;
import io.linecast.client.LinecastClient;
import io.linecast.protocol.AckLevel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast send}: sends lines and sees to it that each is acknowledged. */
@Command(
    name = "send",
    description = {
      "Sends the lines of files, or of standard input, and waits until each is acknowledged. Tells"
          + " which are not.",
      "",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading =
        "%nExit codes: 0 every line was acknowledged, 13 a line was not, 9 there is no server, 12 it"
            + " refuses, 15 there is no TLS with it, 16 it asks for a token.%n",
    footer = {
      "",
      "The first argument is a server if it begins with linecast:// or linecasts:// (TLS), with unix:/ or",
      "unix:./ (a unix socket), or ends in a colon and a port's number, and has no slash; otherwise it is",
      "a file (./a:1 is one). What follows it are files.",
      "",
      "Examples:",
      "  echo 'it is noon' | linecast send",
      "  linecast send 10.0.0.7:1234 --ack written monday.txt tuesday.txt",
      "  linecast send --publisher monday monday.txt      again after a failure: sends the rest",
      "  tail -f log | linecast send linecast://a:1234,b:1234/logs",
      "  linecast send --tls-ca ca.pem --token-file ~/.linecast linecasts://a:1234 monday.txt",
      "  linecast send unix:/run/linecast/lines monday.txt",
      "  linecast send --plain --rate 10 old-server:2000 lines.txt",
    })
final class SendCommand implements Callable<Integer> {

  private static final Pattern SERVER =
      Pattern.compile("(?i:linecasts?://).*|unix:[./].*|[^/]*:\\d{1,5}");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "[HOST:PORT] [FILE...]",
      hideParamSyntax = true,
      description = {
        "The server (" + ServerFlags.DEFAULT + " if none is named), or",
        "linecast://HOST:PORT,HOST:PORT/CHANNEL, linecasts://… (TLS), unix:/PATH;",
        "then the files whose lines to send; - is standard input, which is also sent if there is"
            + " none.",
      })
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--ack",
      paramLabel = "LEVEL",
      defaultValue = "stored",
      description =
          "What an acknowledgement says: the line has its place (accepted), is kept (stored), is"
              + " with every client's socket (written), every listener has dealt with it (done)."
              + " If nothing is said: ${DEFAULT-VALUE}.")
  private AckLevel ack;

  @Option(
      names = "--publisher",
      paramLabel = "NAME",
      description =
          "A name for this input, by which the server knows how many of its lines it has. Sent again"
              + " under it, only the lines behind those are sent: a cut run is repeated with the"
              + " same command, and a file that grows is sent a piece at a time. A line that the"
              + " server refused is not tried again. Where nobody knows what became of a line,"
              + " because the server was started anew, the run ends, and the next one sends the"
              + " whole input again. Another input needs another name.")
  private @Nullable String publisher;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Send so many lines a second at most; 0, as if nothing is said: no limit.")
  private double rate;

  @Option(
      names = "--plain",
      description =
          "For any line server: sends plain lines, of which none is acknowledged, and does not"
              + " reconnect.")
  private boolean plain;

  @Option(
      names = {"-q", "--quiet"},
      description = "No summary, and no progress bar where standard error is a terminal.")
  private boolean quiet;

  @Mixin private ServerFlags flags = new ServerFlags();

  /** Set before another thread is started. */
  private boolean showsProgress;

  @Override
  public Integer call() {
    String server = ServerFlags.DEFAULT;
    List<String> files = arguments;
    if (!arguments.isEmpty() && isServer(arguments.getFirst())) {
      server = arguments.getFirst();
      files = arguments.subList(1, arguments.size());
    }
    checkOptions();
    List<LineSource> sources = LineSource.of(files);
    sources.forEach(LineSource::check);
    showsProgress =
        !quiet
            && StandardStream.ERROR.isTerminal()
            && sources.stream().noneMatch(LineSource::isTyped);
    SendTally tally = new SendTally(this::say);
    return plain ? sendPlain(server, sources, tally) : sendAcknowledged(server, sources, tally);
  }

  /** Whether an argument names a server, and not a file. */
  static boolean isServer(String argument) {
    return SERVER.matcher(argument).matches();
  }

  private void checkOptions() {
    if (rate < 0 || Double.isNaN(rate)) {
      throw new ParameterException(spec.commandLine(), "--rate must be 0 or more, not " + rate);
    }
    if (plain && (publisher != null || flags.namesChannelOrToken())) {
      throw new ParameterException(
          spec.commandLine(), "--plain knows neither --publisher, --channel nor --token-file");
    }
  }

  private int sendAcknowledged(String server, List<LineSource> sources, SendTally tally) {
    Outage outage = new Outage(this::say, flags.patience());
    ClientBuilder builder = flags.client(spec.commandLine(), server, outage).ack(ack);
    if (publisher != null) {
      try {
        builder.publisher(publisher);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--publisher: " + e.getMessage(), e);
      }
    }
    try (LinecastClient client = builder.connect()) {
      SendRun run =
          new SendRun(
              spec.commandLine(),
              new AcknowledgedOutlet(client, ack, publisher != null, tally, this::say),
              tally,
              quiet,
              showsProgress);
      outage.onTooLong(() -> run.stop(ExitCode.NO_CONNECTION.code()));
      return run.run(sources, Metronome.of(rate));
    } catch (ClientException e) {
      return ClientTrouble.report(spec.commandLine(), e);
    }
  }

  private int sendPlain(String server, List<LineSource> sources, SendTally tally) {
    Address address = ServerFlags.address(spec.commandLine(), server);
    try (PlainOutlet outlet = PlainOutlet.of(flags.wire(spec.commandLine(), address), tally)) {
      return new SendRun(spec.commandLine(), outlet, tally, quiet, showsProgress)
          .run(sources, Metronome.of(rate));
    } catch (IOException e) {
      return ClientTrouble.report(spec.commandLine(), address.servers().getFirst(), e);
    } catch (PlainLossException e) {
      String why = String.valueOf(e.getMessage());
      return ClientTrouble.report(spec.commandLine(), why, ExitCode.NO_CONNECTION);
    }
  }

  private void say(String words) {
    String place = showsProgress ? SendProgress.OVER_THE_BAR : "";
    spec.commandLine().getErr().println(place + "linecast send: " + SafeText.of(words));
    spec.commandLine().getErr().flush();
  }
}
