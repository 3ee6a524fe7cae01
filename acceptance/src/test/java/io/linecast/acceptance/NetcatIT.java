package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client that everybody has, in the forms people use. */
@BlackBox
class NetcatIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static ServerUnderTest server;

  private LineClient alice;
  private LineClient bob;

  @BeforeAll
  static void start() {
    assumeTrue(isInstalled(), "there is no nc of OpenBSD's here");
    server = ServerUnderTest.usual();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void join() {
    List<LineClient> clients = LineClient.joined(server, 2);
    alice = clients.get(0);
    bob = clients.get(1);
  }

  @AfterEach
  void leave() {
    alice.close();
    bob.close();
  }

  @Test
  void shouldRelayALinePipedIntoItWhileItGoesOnListening() {
    try (Program nc = netcat("printf 'hi\\n' | exec nc $1 $2")) {
      assertThat(alice.hear()).isEqualTo("hi");
      assertThat(bob.hear()).isEqualTo("hi");
      alice.send("hi yourself");
      await().until(() -> nc.stdoutText().equals("hi yourself\n"));
      assertThat(bob.hear()).isEqualTo("hi yourself");
    }
    alice.send("gone, and nobody minds");
    assertThat(bob.hear()).isEqualTo("gone, and nobody minds");
  }

  @Test
  void shouldEndItsConnectionOnceItHasSentAllWithN() {
    try (Program nc = netcat("printf 'one\\ntwo\\n' | nc -N $1 $2")) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
      assertThat(alice.hear(2)).containsExactly("one", "two");
      assertThat(nc.output()).isEmpty();
    }
  }

  @Test
  void shouldEndAnUnfinishedLineOfItsInput() {
    try (Program nc = netcat("printf 'no line feed' | nc -N $1 $2")) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
      assertThat(alice.hear()).isEqualTo("no line feed");
    }
  }

  @Test
  void shouldLoseNothingOfALongInputThatEndsAtOnce() {
    try (Program nc = netcat("seq 1 50000 | nc -N $1 $2")) {
      List<String> expected = IntStream.rangeClosed(1, 50_000).mapToObj(Integer::toString).toList();
      assertThat(alice.hear(expected.size())).isEqualTo(expected);
      assertThat(nc.exitCode(PATIENCE)).isZero();
    }
  }

  @Test
  void shouldRelayWhatItSentBeforeItQuitsWithQ() {
    try (Program nc = netcat("printf 'quick\\n' | nc -q 0 $1 $2")) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
      assertThat(alice.hear()).isEqualTo("quick");
    }
  }

  @Test
  void shouldTalkBothWaysInteractively() {
    try (Program nc = netcat("exec nc $1 $2")) {
      nc.type("hello?\n");
      assertThat(alice.hear()).isEqualTo("hello?");
      alice.send("yes, hello");
      await().until(() -> nc.stdoutText().equals("yes, hello\n"));
      nc.type("good");
      bob.send("meanwhile");
      assertThat(alice.hear()).isEqualTo("meanwhile");
      nc.type("bye\n");
      assertThat(alice.hear()).isEqualTo("goodbye");
      await().until(() -> nc.stdoutText().equals("yes, hello\nmeanwhile\n"));
      nc.signal("INT");
    }
    alice.send("gone, and nobody minds");
    assertThat(bob.hear(4)).endsWith("goodbye", "gone, and nobody minds");
  }

  @Test
  void shouldRelayTheCarriageReturnsOfC() {
    try (Program nc = netcat("printf 'as telnet does\\n' | nc -C -N $1 $2")) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
      assertThat(alice.hear()).isEqualTo("as telnet does\r");
    }
  }

  @Test
  void shouldLetItOnlyListen() {
    try (Program nc = netcat("exec nc -d $1 $2")) {
      await()
          .until(
              () -> {
                alice.send(Fence.line(Fence.next()));
                return nc.stdoutText().startsWith(Fence.PREFIX);
              });
      alice.send("to whom it may concern");
      await().until(() -> nc.stdoutText().endsWith("to whom it may concern\n"));
    }
  }

  @Test
  void shouldNotMindItsPortScan() {
    try (Program nc = netcat("nc -z $1 $2")) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
    }
    alice.send("still here");
    assertThat(bob.hear()).isEqualTo("still here");
  }

  @Test
  void shouldJoinTwoOfThem() {
    try (Program listener = netcat("exec nc -d $1 $2")) {
      await()
          .until(
              () -> {
                alice.send(Fence.line(Fence.next()));
                return listener.stdoutText().startsWith(Fence.PREFIX);
              });
      try (Program sender = netcat("echo 'from one to the other' | nc -N $1 $2")) {
        assertThat(sender.exitCode(PATIENCE)).isZero();
        await().until(() -> listener.stdoutText().endsWith("from one to the other\n"));
      }
    }
  }

  private Program netcat(String script) {
    return Program.shell(script, server.host(), server.port());
  }

  private static boolean isInstalled() {
    try (Program nc = Program.start(List.of("nc", "-h"), Map.of())) {
      nc.exitCode(PATIENCE);
      return nc.output().contains("OpenBSD");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
