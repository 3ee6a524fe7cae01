package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.client.ScriptedServer;
import io.linecast.client.ScriptedServer.Peer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linecast listen}, where its server or its reader is not as one would wish. */
@BlackBox
class ListenFaultsIT {
  private static final int LINES = 30_000;
  private static final int LINE_BYTES = 100;

  private final ScriptedServer server = ScriptedServer.start();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldTellWhatIsDealtWithThoughItIsAlwaysALittleBehind() {
    // Some 3 MB, all of it received at once, for a reader who takes seconds.
    String script =
        "\"$1\" listen \"$2\" --quiet | while read -r -N 4096 some; do sleep 0.005; done";
    try (Program listen = Program.shell(script, ServerLauncher.launcher(), server.address())) {
      Peer peer = server.accept().welcomeTo("e1");
      peer.sayExactly(lines(LINES, LINE_BYTES));
      long done = 0;
      while (done < LINES / 3) {
        done = Long.parseLong(peer.line().replaceFirst("DONE ", ""));
      }
      assertThat(done).as("what is dealt with while more is waiting").isLessThan(LINES - 1_000);
      assertThat(listen.isRunning()).isTrue();
    }
  }

  @Test
  void shouldEndWhenItIsToldToThoughNobodyReadsItsOutput() throws IOException {
    Path pipe = folder.resolve("pipe");
    // The shell keeps the pipe open, and becomes the program.
    String script = "mkfifo $3; exec 3<>$3; exec \"$1\" listen $2 --quiet > $3";
    try (Program listen = Program.shell(script, ServerLauncher.launcher(), server.address(), pipe);
        Peer peer = server.accept().welcomeTo("e1")) {
      peer.sayExactly(lines(LINES, LINE_BYTES));
      try (InputStream unread = new FileInputStream(pipe.toFile())) {
        awaitFull(unread);
        listen.signal("TERM");
        Command.expectEnd(listen, Command.TERMINATED);
      }
    }
  }

  @Test
  void shouldNotLetAServerPlayWithTheTerminal() {
    try (Program listen = Command.start("listen", server.address())) {
      server.accept().welcomeTo("e1").say("BYE auth \u001b]0;owned\u0007\u001b[2J");
      Command.expectEnd(listen, Command.NOT_ADMITTED);
      assertThat(listen.output()).contains("␛]0;owned").doesNotContain("\u001b");
    }
  }

  @Test
  void shouldSayThatItWasInterruptedBeforeItHadAllPlainLinesThatWereAskedFor() {
    try (Program all = Command.start("listen", server.address(), "--plain");
        Peer first = server.accept().say("a");
        Program five = Command.start("listen", server.address(), "--plain", "--count", "5");
        Peer second = server.accept().say("a")) {
      await().until(() -> all.stdoutText().equals("a\n") && five.stdoutText().equals("a\n"));
      all.signal("TERM");
      Command.expectEnd(all, 0);
      five.signal("TERM");
      Command.expectEnd(five, Command.TERMINATED);
      assertThat(first.line()).isEqualTo(second.line()).isEqualTo("(end)");
    }
  }

  @Test
  void shouldNotMissNumbersThatNoLineHas() {
    String address = server.address();
    try (Program listen = Command.start("listen", address, "--fail-on-gap", "--count", "2")) {
      server.accept().welcomeTo("e1").say("LINE 1 a", "GAP 2 4 void", "LINE 5 b");
      Command.expectEnd(listen, 0);
      assertThat(listen.stdoutText()).isEqualTo("a\nb\n");
      assertThat(listen.output()).doesNotContain("GAP").contains("--from 6");
    }
  }

  /** Waits until a pipe takes no more, however many bytes that may be. */
  private static void awaitFull(InputStream unread) {
    AtomicInteger before = new AtomicInteger();
    await()
        .atMost(Command.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              int waiting = unread.available();
              return before.getAndSet(waiting) == waiting && waiting > 0;
            });
  }

  /** Lines of so many bytes, from number 1. */
  private static String lines(int count, int bytes) {
    StringBuilder lines = new StringBuilder(count * (bytes + 12));
    IntStream.rangeClosed(1, count)
        .forEach(n -> lines.append("LINE ").append(n).append(' ').repeat('x', bytes).append('\n'));
    return lines.toString();
  }
}
