package io.linecast.cli;

import io.linecast.load.BenchCommand;
import java.io.UncheckedIOException;
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
    subcommands = {HelpCommand.class, CompletionCommand.class},
    footer = {
      "",
      "Try it:  linecast serve",
      "then, in two other terminals:  linecast chat, or nc 127.0.0.1 1234",
    })
public final class Linecast {

  private static final String SERVE = "serve";

  private Linecast() {}

  /** Runs the command; the process ends with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = commandLine(args.length > 0 ? args[0] : "");
    CommandLine serve = commandLine.getSubcommands().get(SERVE);
    if (serve != null) {
      Settings settings = new Settings(System.getenv());
      try {
        if (args.length > 0 && args[0].equals(SERVE)) {
          settings.readFile(serve, args);
        }
      } catch (ParameterException e) {
        return Failures.onBadParameter(e, args);
      } catch (UncheckedIOException e) {
        return Failures.onUnreadableFile(e, serve);
      }
      serve.setDefaultValueProvider(settings);
    }
    return commandLine.execute(args);
  }

  /** All commands. */
  static CommandLine commandLine() {
    return commandLine("");
  }

  /** With one command alone where it is named: each start would load the others to no purpose. */
  private static CommandLine commandLine(String named) {
    CommandLine commandLine = new CommandLine(new Linecast());
    switch (named) {
      case SERVE -> commandLine.addSubcommand(new ServeCommand());
      case "send" -> commandLine.addSubcommand(new SendCommand());
      case "listen" -> commandLine.addSubcommand(new ListenCommand());
      case "chat" -> commandLine.addSubcommand(new ChatCommand());
      case "top" -> commandLine.addSubcommand(new TopCommand());
      case "token" -> commandLine.addSubcommand(new TokenCommand());
      case "journal" -> commandLine.addSubcommand(new JournalCommand());
      case "bench" -> commandLine.addSubcommand(bench());
      default -> {
        commandLine.addSubcommand(new ServeCommand());
        commandLine.addSubcommand(new SendCommand());
        commandLine.addSubcommand(new ListenCommand());
        commandLine.addSubcommand(new ChatCommand());
        commandLine.addSubcommand(new TopCommand());
        commandLine.addSubcommand(new TokenCommand());
        commandLine.addSubcommand(new JournalCommand());
        commandLine.addSubcommand(bench());
      }
    }
    return configured(commandLine);
  }

  private static CommandLine bench() {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.getCommandSpec().versionProvider(new Version());
    return bench;
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
