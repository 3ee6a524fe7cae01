package io.linecast.cli;

import io.linecast.client.Address;
import io.linecast.client.ClientBuilder;
import io.linecast.client.ClientException;
import io.linecast.client.LinecastClient;
import io.linecast.client.Position;
import io.linecast.protocol.From;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast listen}: writes the lines it hears to standard output. */
@Command(
    name = "listen",
    description = {
      "Writes the lines it hears to standard output, byte for byte. When the connection is lost it"
          + " makes another and goes on where it was; what cannot be had any more it tells.",
      "",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading =
        "%nExit codes: 0 as much was heard as was asked for, 9 there is no server, 12 it refuses, 14 a"
            + " gap, 15 there is no TLS with it, 16 it asks for a token.%n",
    footer = {
      "",
      "Examples:",
      "  linecast listen | grep '!AIVDM'",
      "  linecast listen --from oldest --count 100 10.0.0.7:1234",
      "  linecast listen --from -10 --json",
      "  linecast listen --from 1043 --epoch 5f3a9c01 --fail-on-gap linecast://a:1234,b:1234/logs",
      "  linecast listen --tls-ca ca.pem --token-file ~/.linecast linecasts://a:1234/logs",
      "  linecast listen --plain old-server:2000",
    })
final class ListenCommand implements Callable<Integer> {

  /** How long a reader of standard output may hold up the end, once it is asked for. */
  private static final Duration STUCK = Duration.ofSeconds(3);

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST:PORT",
      defaultValue = ServerFlags.DEFAULT,
      description = {
        "The server; ${DEFAULT-VALUE} if none is named. Or",
        "linecast://HOST:PORT,HOST:PORT/CHANNEL, linecasts://… (TLS), unix:/PATH",
      })
  private String server;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description =
          "Where to begin: new (if nothing is said), oldest, a line's number, -N for the last N"
              + " lines, or a time (2026-01-31T12:00:00Z) where the server keeps times.")
  private @Nullable String from;

  @Option(
      names = "--epoch",
      paramLabel = "EPOCH",
      description =
          "The numbering that the number in --from belongs to; what is gone of it is told as a gap.")
  private @Nullable String epoch;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many lines; 0, as if nothing is said: never.")
  private long count;

  @Option(names = "--seq", description = "Write each line's number and a blank before it.")
  private boolean seq;

  @Option(names = "--time", description = "Write the time it was heard and a blank before it.")
  private boolean time;

  @Option(
      names = "--json",
      description =
          "Write an object a line: seq, epoch, time, and text, or base64 for what is no UTF-8.")
  private boolean json;

  @Option(
      names = "--fail-on-gap",
      description = "End with code 14 at the first gap. Without it gaps are told and passed over.")
  private boolean failOnGap;

  @Option(
      names = "--plain",
      description =
          "For any line server: hears plain lines, which have no numbers, and does not reconnect.")
  private boolean plain;

  @Option(
      names = {"-q", "--quiet"},
      description = "Tell of gaps and mistakes only.")
  private boolean quiet;

  @Mixin private ServerFlags flags = new ServerFlags();

  @Override
  public Integer call() {
    if (count < 0) {
      throw new ParameterException(spec.commandLine(), "--count must be 0 or more, not " + count);
    }
    LineStyle style = new LineStyle(json, seq, time, InstantSource.system());
    try (StandardOutput out = new StandardOutput()) {
      return plain ? hearPlain(style, out) : hearAcknowledged(style, out);
    } catch (IOException e) {
      if (StandardOutput.isReaderGone(e)) {
        return ExitCode.OK.code();
      }
      throw FileTrouble.report("cannot write to standard output", e);
    } catch (ClientException e) {
      return ClientTrouble.report(spec.commandLine(), e);
    }
  }

  private int hearAcknowledged(LineStyle style, StandardOutput out) throws IOException {
    Outage outage = new Outage(quiet ? words -> {} : this::say, flags.patience());
    ClientBuilder builder =
        begin(flags.client(spec.commandLine(), server, outage))
            .listenOnly()
            .doneByHand()
            .closePatience(Hearing.STOP_PATIENCE);
    try (LinecastClient client = builder.connect()) {
      Hearing hearing = new Hearing(client, style, out, count, failOnGap, this::say);
      StopSignals.stopOnce(hearing::stop, STUCK);
      outage.onTooLong(() -> hearing.stop(ExitCode.NO_CONNECTION.code()));
      if (!quiet) {
        say("hearing " + client.session().server() + ", channel " + client.session().channel());
      }
      int exitCode = hearing.run();
      if (!quiet) {
        say(hearing.summary());
      }
      return exitCode;
    }
  }

  private ClientBuilder begin(ClientBuilder builder) {
    From place =
        From.parse(from == null ? "new" : from)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--from must be new, oldest, a number, -N or a time, not '" + from + "'"));
    if (epoch == null) {
      return builder.listen(place);
    }
    if (place instanceof From.Line first) {
      try {
        return builder.listen(new Position(epoch, first.line() - 1));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--epoch: " + e.getMessage(), e);
      }
    }
    throw new ParameterException(spec.commandLine(), "--epoch needs a number in --from");
  }

  private int hearPlain(LineStyle style, StandardOutput out) throws IOException {
    if (seq || from != null || epoch != null || failOnGap || flags.namesChannelOrToken()) {
      throw new ParameterException(
          spec.commandLine(),
          "--plain knows no numbers: neither --seq, --from, --epoch, --fail-on-gap, --channel nor"
              + " --token-file");
    }
    Address address = ServerFlags.address(spec.commandLine(), server);
    PlainHearing hearing;
    try {
      hearing = new PlainHearing(flags.wire(spec.commandLine(), address));
    } catch (IOException e) {
      return ClientTrouble.report(spec.commandLine(), address.servers().getFirst(), e);
    }
    try (hearing) {
      StopSignals.stopOnce(hearing::stop, STUCK);
      int exitCode = hearing.run(style, out, count, this::say);
      if (exitCode == ExitCode.NO_CONNECTION.code()) {
        say("the server has ended the connection");
      }
      return exitCode;
    }
  }

  private void say(String words) {
    spec.commandLine().getErr().println("linecast listen: " + SafeText.of(words));
    spec.commandLine().getErr().flush();
  }
}
