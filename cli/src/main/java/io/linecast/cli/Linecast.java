package io.linecast.cli;

import io.linecast.load.BenchCommand;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The {@code linecast} command and its subcommands. */
@Command(
    name = "linecast",
    description = "Broadcasts lines: what one client sends, every other client gets.",
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServeCommand.class, HelpCommand.class, CompletionCommand.class},
    footer = {
      "",
      "Try it:  linecast serve",
      "then, in two other terminals:  nc 127.0.0.1 1234",
    })
public final class Linecast {

  private Linecast() {}

  /** Runs the command; the process ends with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    boolean serves = args.length > 0 && args[0].equals("serve");
    CommandLine commandLine = serves ? serveAlone() : commandLine();
    CommandLine serve = Objects.requireNonNull(commandLine.getSubcommands().get("serve"));
    Settings settings = new Settings(System.getenv());
    try {
      if (serves) {
        settings.readFile(serve, args);
      }
    } catch (ParameterException e) {
      return Failures.onBadParameter(e, args);
    } catch (UncheckedIOException e) {
      return Failures.onUnreadableFile(e, serve);
    }
    serve.setDefaultValueProvider(settings);
    return commandLine.execute(args);
  }

  static CommandLine commandLine() {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.getCommandSpec().versionProvider(new Version());
    return configured(new CommandLine(new Linecast()).addSubcommand(bench));
  }

  /** Without the commands that a server would load at every start to no purpose. */
  private static CommandLine serveAlone() {
    return configured(new CommandLine(new Linecast()));
  }

  private static CommandLine configured(CommandLine commandLine) {
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setParameterExceptionHandler(Failures::onBadParameter);
    commandLine.setExecutionExceptionHandler(Failures::onFailure);
    return commandLine;
  }

  /** The version, as the build wrote it into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Linecast.class.getPackage().getImplementationVersion();
      return new String[] {
        "linecast " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version(),
      };
    }
  }
}
