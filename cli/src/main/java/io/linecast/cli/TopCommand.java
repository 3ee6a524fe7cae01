package io.linecast.cli;

import io.linecast.client.Tls;
import java.io.IOError;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linecast top}: the operator's page in a terminal. */
@Command(
    name = "top",
    description = {
      "Shows how a server is, once a second: connections, channels, the slowest clients and those"
          + " that were closed lately. When the server goes away it keeps the last figures and goes"
          + " on when it is back.",
      "",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Linecast.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footerHeading =
        "%nExit codes: 0 it was shown, 2 that is no http URL, 9 there is no server, 12 it is no"
            + " linecast server, 15 there is no TLS with it, 16 it asks for a token.%n",
    footer = {
      "",
      "Keys: q or Ctrl-C leaves, p pauses, s sorts the slowest clients by something else, ? helps.",
      "NO_COLOR=1 does without colours. Without a terminal it is as with --once.",
      "",
      "Examples:",
      "  linecast top",
      "  linecast top http://10.0.0.7:8234",
      "  linecast top --tls-ca ca.pem --token-file ~/.linecast https://10.0.0.7:8234",
      "  linecast top --once | grep -E 'OVERLOADED|IN TROUBLE'",
      "  linecast top --json | jq '.slowest[0]'",
    })
final class TopCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** For a handshake between two busy machines as well. */
  private static final Duration TLS_PATIENCE = Duration.ofSeconds(10);

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration STUCK = Duration.ofSeconds(3);
  private static final int CONTROL_L = 12;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8234",
      description = "The server's page; ${DEFAULT-VALUE} if none is named.")
  private String page;

  @Option(names = "--once", description = "Write how the server is now, as plain text, and end.")
  private boolean once;

  @Option(
      names = "--json",
      description = "Write how the server is now, as JSON just as it came, and end.")
  private boolean json;

  @Mixin private IdentityFlags identity = new IdentityFlags();

  @Override
  public Integer call() {
    URI uri = uri();
    boolean secure = uri.getScheme().equals("https");
    StatusClient client =
        new StatusClient(
            uri,
            secure ? TLS_PATIENCE : PATIENCE,
            identity.tls(spec.commandLine(), secure, "https://HOST:PORT").map(Tls::context),
            identity.token(spec.commandLine()));
    boolean terminal = StandardStream.INPUT.isTerminal() && StandardStream.OUTPUT.isTerminal();
    try {
      return once || json || !terminal ? writeOnce(client) : watch(client);
    } catch (StatusException e) {
      return ClientTrouble.report(spec.commandLine(), e.words(), e.exitCode());
    }
  }

  private URI uri() {
    try {
      return StatusClient.uri(page);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "'"
              + SafeText.of(withoutSecrets(page))
              + "' is no URL of a server's page, such as http://127.0.0.1:8234: "
              + e.getMessage(),
          e);
    }
  }

  /** Somebody may have taken a user, or a parameter, for a way to bring a token. */
  private static String withoutSecrets(String text) {
    return text.replaceFirst("(?s)\\?.*", "?...").replaceFirst("(?s)[^/]*@", "...@");
  }

  private int writeOnce(StatusClient client) throws StatusException {
    byte[] answer = client.once();
    ServerStatus status =
        StatusJson.parse(new String(answer, StandardCharsets.UTF_8))
            .orElseThrow(() -> client.noServer("it sends no status"));
    try (StandardOutput out = new StandardOutput()) {
      if (json) {
        out.write(answer);
        if (answer[answer.length - 1] != '\n') {
          out.write('\n');
        }
      } else {
        out.write(paper(status).getBytes(System.out.charset()));
      }
      out.flush();
      return ExitCode.OK.code();
    } catch (IOException e) {
      if (StandardOutput.isReaderGone(e)) {
        return ExitCode.OK.code();
      }
      throw FileTrouble.report("cannot write to standard output", e);
    }
  }

  private String paper(ServerStatus status) {
    Instant now = Instant.now();
    TopView view =
        TopView.of(page, new StatusNews(status, now, Optional.empty()), ZoneId.systemDefault());
    String end = System.lineSeparator();
    return String.join(end, StatusPage.paper(view, now)) + end;
  }

  private int watch(StatusClient client) throws StatusException {
    try (StatusFollower follower = new StatusFollower(client, SILENCE, InstantSource.system())) {
      TopView view = TopView.of(page, follower.start(), ZoneId.systemDefault());
      Optional<LiveScreen> opened = LiveScreen.open();
      if (opened.isEmpty()) {
        return writeOnce(client);
      }
      try (LiveScreen screen = opened.get()) {
        return watch(view, follower, screen);
      }
    } catch (IOException e) {
      throw FileTrouble.report("cannot use the terminal", e);
    } catch (IOError e) {
      throw FileTrouble.report("cannot use the terminal", new IOException(e.getCause()));
    }
  }

  /** Until somebody leaves, which is 0, or a signal ends it. */
  private static int watch(TopView first, StatusFollower follower, LiveScreen screen) {
    AtomicInteger end = new AtomicInteger(ExitCode.OK.code());
    StopSignals.stopWithin(STUCK, end::set);
    TopView view = first;
    while (!view.left() && end.get() == ExitCode.OK.code()) {
      view = follower.news().map(view::with).orElse(view);
      TopView seen = view;
      screen.draw((width, height) -> StatusPage.screen(seen, Instant.now(), width, height));
      int key = screen.key(TICK);
      if (key == LiveScreen.NO_MORE) {
        break;
      }
      if (key == CONTROL_L) {
        screen.redraw();
      }
      view = view.press(key);
    }
    return end.get();
  }
}
