package io.linecast.cli;

import io.linecast.client.ClientException;
import io.linecast.client.Gap;
import io.linecast.client.Line;
import io.linecast.client.LineHandler;
import io.linecast.client.LinecastClient;
import io.linecast.client.SendException;
import io.linecast.client.Sent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: what is typed goes out under a name, what is heard is shown. A line is {@code
 * name: text} and nothing else, so that everybody on the channel can take part, with {@code nc}
 * too.
 *
 * <p>One thread types; what is heard comes on the client's thread, what becomes of one's own lines
 * on a third.
 */
final class Chat implements LineHandler {

  private static final long UNKNOWN = -1;
  private static final long SLOW_MILLIS = 500;
  private static final String HELP =
      "/quit or Ctrl-D leaves; // begins a line with a slash; everything else is said";

  private final String name;
  private final ChatScreen screen;
  private final ExecutorService answers =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("answers").factory());
  private final Executor slowAnswers =
      CompletableFuture.delayedExecutor(SLOW_MILLIS, TimeUnit.MILLISECONDS, answers);
  private final CompletableFuture<ExitCode> end = new CompletableFuture<>();
  private final AtomicLong unsaid = new AtomicLong();

  /** How many hear what is said, when last known. The answering thread's own. */
  private long audience = UNKNOWN;

  Chat(String name, ChatScreen screen) {
    this.name = name;
    this.screen = screen;
  }

  /** Completes when it is over. */
  CompletableFuture<ExitCode> end() {
    return end;
  }

  /** Ends it. */
  void leave() {
    end.complete(ExitCode.OK);
  }

  /** Types until there is no more. */
  void type(LinecastClient client) {
    try {
      for (Optional<String> typed = screen.read();
          typed.isPresent() && !end.isDone();
          typed = screen.read()) {
        take(client, typed.get());
      }
      leave();
    } catch (ClientException e) {
      onEnd(Optional.of(e));
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private void take(LinecastClient client, String typed) {
    if (!typed.startsWith("/") || !screen.takesCommands()) {
      say(client, typed);
    } else if (typed.startsWith("//")) {
      say(client, typed.substring(1));
    } else if (typed.strip().equals("/quit")) {
      leave();
    } else {
      screen.note(HELP);
    }
  }

  private void say(LinecastClient client, String text) {
    String line = name + ": " + text;
    int longest = client.session().maxLineBytes() - 1;
    if (line.getBytes(StandardCharsets.UTF_8).length > longest) {
      unsaid.incrementAndGet();
      screen.warn("too long, not said: a line has " + longest + " bytes at most");
      return;
    }
    CompletableFuture<Sent> answer = client.send(line);
    answer.whenCompleteAsync((sent, failure) -> onAnswer(line, sent, failure), answers);
    slowAnswers.execute(
        () -> {
          if (!answer.isDone()) {
            screen.onItsWay(SafeText.of(line));
          }
        });
  }

  private void onAnswer(String line, @Nullable Sent sent, @Nullable Throwable failure) {
    if (sent == null) {
      unsaid.incrementAndGet();
      boolean perhaps = failure instanceof SendException send && send.mayBeRelayed();
      String why = failure == null ? "" : String.valueOf(failure.getMessage());
      screen.warn((perhaps ? "perhaps said: " : "not said: ") + line + " (" + why + ")");
      return;
    }
    screen.said(SafeText.of(line));
    if (sent.clients() != audience) {
      long more = sent.clients() - audience;
      String change =
          audience == UNKNOWN ? "" : more > 0 ? " (" + more + " more)" : " (" + -more + " fewer)";
      screen.note(Audience.hearing(sent.clients()) + change);
      audience = sent.clients();
    }
  }

  @Override
  public void onLine(Line line) {
    if (!screen.heard(SafeText.of(line.text()))) {
      leave();
    }
  }

  @Override
  public void onGap(Gap gap) {
    if (gap.reason().isLoss()) {
      screen.warn("some lines are missed: " + gap);
    }
  }

  @Override
  public void onEnd(Optional<ClientException> failure) {
    failure.ifPresent(
        why -> {
          screen.warn(String.valueOf(why.getMessage()));
          end.complete(ClientTrouble.codeOf(why));
        });
  }

  /** What became of all that was said, once the client is closed and has answered for all. */
  ExitCode settle() {
    answers.shutdown();
    try {
      if (!answers.awaitTermination(1, TimeUnit.SECONDS)) {
        return ExitCode.NOT_ACKNOWLEDGED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return unsaid.get() + screen.unread() == 0 ? ExitCode.OK : ExitCode.NOT_ACKNOWLEDGED;
  }
}
