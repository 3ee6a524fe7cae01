package io.linecast.cli;

import io.linecast.client.ClientBuilder;
import io.linecast.client.ClientException;
import io.linecast.client.LinecastClient;
import io.linecast.protocol.From;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast chat}: a conversation in a terminal. */
@Command(
    name = "chat",
    description = {
      "Talks with everybody on the channel, who may well use nc: what you type goes out as"
          + " \"name: text\".",
      "",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading =
        "%nExit codes: 0 everything was said, 13 a line was not, 9 there is no server, 12 it"
            + " refuses, 15 there is no TLS with it, 16 it asks for a token.%n",
    footer = {
      "",
      "Your own line is shown once the server has acknowledged it, and how many hear you whenever that",
      "has changed since your last line. /quit, Ctrl-D or, with nothing typed, Ctrl-C leaves; // begins",
      "a line with a slash. NO_COLOR=1 does without colours. Without a terminal it says the lines of",
      "standard input, with or without a slash, and writes those of others to standard output.",
      "",
      "Examples:",
      "  linecast chat --name ann",
      "  linecast chat --name ann --last 20 10.0.0.7:1234",
      "  linecast chat --name ann --token-file ~/.linecast linecasts://a:1234",
      "  echo 'the build is done' | linecast chat --name builder",
    })
final class ChatCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[^\\s:\\p{Cc}\\p{Cf}]{1,32}");
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

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
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "What you are called; ${DEFAULT-VALUE} if nothing is said.")
  private String name;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "0",
      description = "Show the last N lines first; none if nothing is said.")
  private long last;

  @Mixin private ServerFlags flags = new ServerFlags();

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--name is 1 to 32 characters without blank or colon, not: " + name);
    }
    if (last < 0) {
      throw new ParameterException(spec.commandLine(), "--last must be 0 or more, not " + last);
    }
    try (ChatScreen screen = screen()) {
      return chat(screen);
    } catch (IOException e) {
      throw FileTrouble.report("cannot use the terminal", e);
    } catch (ClientException e) {
      return ClientTrouble.report(spec.commandLine(), e);
    }
  }

  private ChatScreen screen() throws IOException {
    return StandardStream.INPUT.isTerminal() && StandardStream.OUTPUT.isTerminal()
        ? TerminalScreen.open(name)
        : new PipedScreen(spec.commandLine().getErr());
  }

  private int chat(ChatScreen screen) {
    Chat chat = new Chat(name, screen);
    Outage outage = new Outage(screen::warn, flags.patience());
    outage.onTooLong(() -> chat.end().complete(ExitCode.NO_CONNECTION));
    ClientBuilder builder = flags.client(spec.commandLine(), server, outage).handler(chat);
    if (last > 0) {
      builder.listen(new From.Last(last));
    }
    ExitCode end;
    try (LinecastClient client = builder.connect()) {
      StopSignals.stopOnce(exitCode -> chat.leave(), ANSWER_PATIENCE.multipliedBy(3));
      screen.note(
          "on "
              + client.session().server()
              + ", channel "
              + client.session().channel()
              + "; /quit leaves");
      Thread.ofPlatform().daemon().name("typing").start(() -> chat.type(client));
      end = awaitEnd(chat);
      if (end == ExitCode.OK) {
        client.awaitAll(ANSWER_PATIENCE);
      }
    }
    ExitCode said = chat.settle();
    return (end == ExitCode.OK ? said : end).code();
  }

  private static ExitCode awaitEnd(Chat chat) {
    try {
      return chat.end().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
