package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.linecast.core.SlowPolicy;
import io.linecast.server.ReachOptions.UnixSocket;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a unix socket can do: the same as all others. */
@Timeout(60)
class UnixIT {

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void requireEpoll() {
    assumeTrue(Epoll.isAvailable(), "unix sockets need epoll");
    path = folder.resolve("lines");
  }

  @Test
  void shouldRelayLinesBetweenUnixSocketsAndPorts() throws IOException {
    try (MonitoredServer server = new MonitoredServer(options());
        UnixConnection ann = UnixConnection.to(path);
        UnixConnection bob = UnixConnection.to(path)) {
      Socket carl = server.line("");
      awaitClients(server, 3);
      ann.send("hello\n");
      bob.readThrough("hello\n");
      MonitoredServer.readThrough(carl, "hello\n");
      carl.getOutputStream().write("hi ann\n".getBytes(UTF_8));
      assertThat(ann.readThrough("\n")).isEqualTo("hi ann\n");
    }
  }

  /** However many come by the ports: a crowd there keeps nobody of this machine's out. */
  @Test
  void shouldLetEverybodyInAtOnceWhileACrowdComesInAtAPace() throws IOException {
    ServerOptionsBuilder slow = options().limits(AcceptPaceTest.limits(1));
    long start = System.nanoTime();
    try (MonitoredServer server = new MonitoredServer(slow)) {
      for (int i = 0; i < 30; i++) {
        server.line(""); // half a minute's worth of them
      }
      for (int i = 0; i < 30; i++) {
        try (UnixConnection next = UnixConnection.to(path)) {
          next.send("LINECAST/1 aaaaaaaa\n");
          assertThat(next.readThrough("\n")).contains(" ok ");
        }
      }
      // Whoever has just closed may be counted still.
      await("few of the crowd")
          .until(() -> server.server().connections() <= 3 + secondsSince(start));
    }
  }

  private static long secondsSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
  }

  @Test
  void shouldServeAChannelOfItsOwn() throws IOException {
    Path other = folder.resolve("ships");
    ReachOptions reach =
        ReachOptions.defaults()
            .withUnix(
                new UnixSocket(path.toString(), "main"), new UnixSocket(other.toString(), "ships"));
    try (MonitoredServer server = new MonitoredServer(options().reach(reach));
        UnixConnection ann = UnixConnection.to(other);
        UnixConnection bob = UnixConnection.to(other)) {
      bob.send("LINECAST/1 bbbbbbbb\n");
      assertThat(bob.readThrough("\n")).contains(" ok channel=ships ");
      ann.send("a ship\n");
      assertThat(bob.readThrough("\n")).isEqualTo("LINE 1 a ship\n");
      assertThat(server.server().listeningUnix()).hasSize(2);
    }
  }

  @Test
  void shouldTakeALastLineThatHasNoEndAndSendAllBeforeItCloses() throws IOException {
    try (MonitoredServer server = new MonitoredServer(options().historyLines(10));
        UnixConnection ann = UnixConnection.to(path)) {
      ann.send("one\ntwo");
      ann.socket().shutdownOutput();
      assertThat(ann.readToEnd()).isEmpty();
      try (UnixConnection bob = UnixConnection.to(path)) {
        bob.socket().shutdownOutput();
        assertThat(bob.readToEnd()).asString().isEqualTo("one\ntwo\n");
      }
      await().untilAsserted(() -> assertThat(server.server().connections()).isZero());
    }
  }

  @Test
  void shouldSendAWholeBacklogToAClientThatHasEndedItsSending() throws IOException {
    String lines = "a line of a backlog that no socket holds at once\n".repeat(100_000);
    try (MonitoredServer _ = new MonitoredServer(options().historyLines(100_000))) {
      try (UnixConnection talker = UnixConnection.to(path)) {
        talker.send(lines);
        talker.socket().shutdownOutput();
        assertThat(talker.readToEnd()).isEmpty();
      }
      try (UnixConnection listener = UnixConnection.to(path)) {
        listener.socket().shutdownOutput();
        assertThat(listener.readToEnd()).isEqualTo(lines.getBytes(UTF_8));
      }
    }
  }

  @Test
  void shouldOweASlowClientTheEndOfALineAndLoseNothing() throws IOException {
    String lines = ("a long line " + "x".repeat(50_000) + "\n").repeat(100);
    try (MonitoredServer server = new MonitoredServer(options());
        UnixConnection listener = UnixConnection.to(path);
        UnixConnection talker = UnixConnection.to(path)) {
      awaitClients(server, 2);
      talker.send(lines);
      talker.socket().shutdownOutput();
      assertThat(talker.readToEnd()).isEmpty();
      JsonObject late = slowest(server).get(0).getAsJsonObject();
      assertThat(late.get("lagBytes").getAsLong()).isPositive();
      assertThat(late.get("sendQueueBytes").getAsLong()).isPositive();
      assertThat(late.get("address").getAsString()).isEqualTo(me());
      listener.socket().shutdownOutput();
      assertThat(listener.readToEnd()).isEqualTo(lines.getBytes(UTF_8));
    }
  }

  @Test
  void shouldDisconnectAClientThatIsTooSlowAndSayWhichItWas() throws IOException {
    ServerOptionsBuilder small = options().windowBytes(1 << 20).slow(SlowPolicy.DISCONNECT);
    try (MonitoredServer server = new MonitoredServer(small);
        UnixConnection listener = UnixConnection.to(path);
        UnixConnection talker = UnixConnection.to(path)) {
      awaitClients(server, 2);
      talker.send(("x".repeat(999) + "\n").repeat(10_000));
      await()
          .untilAsserted(
              () -> {
                JsonObject last = status(server, "closed").get(0).getAsJsonObject();
                assertThat(last.get("address").getAsString()).isEqualTo(me());
                assertThat(last.get("reason").getAsString()).startsWith("too slow");
              });
      assertThat(listener.readToEnd()).as("what its socket had taken").isNotEmpty();
    }
  }

  @Test
  void shouldAcknowledgeLinesAndSayGoodBye() throws IOException {
    try (MonitoredServer _ = new MonitoredServer(options());
        UnixConnection ann = UnixConnection.to(path);
        UnixConnection bob = UnixConnection.to(path)) {
      bob.send("LINECAST/1 bbbbbbbb\n");
      bob.readThrough("\n");
      ann.send("LINECAST/1 aaaaaaaa ack=done listen=no\nSEND 1 hello\n");
      assertThat(bob.readThrough("\n")).isEqualTo("LINE 1 hello\n");
      bob.send("DONE 1\n");
      ann.readThrough("SENT 1 1");
      ann.readThrough("\n");
      ann.send("QUIT\n");
      assertThat(ann.readToEnd()).asString().startsWith("BYE quit");
    }
  }

  @Test
  void shouldSendEverythingAndTakeItsFileAwayWhenItStops() throws Exception {
    String lines = "a line that is still to be read\n".repeat(50_000);
    byte[] heard;
    try (MonitoredServer server = new MonitoredServer(options());
        UnixConnection listener = UnixConnection.to(path);
        UnixConnection talker = UnixConnection.to(path)) {
      awaitClients(server, 2);
      talker.send(lines);
      await()
          .untilAsserted(
              () ->
                  assertThat(server.scrape().main("linecast_lines_accepted_total"))
                      .isEqualTo(50_000));
      server.server().stopSoon();
      await().until(() -> !Files.exists(path));
      CompletableFuture<FinalFigures> figures =
          CompletableFuture.supplyAsync(() -> server.server().awaitStopped());
      heard = listener.readToEnd();
      assertThat(talker.readToEnd()).isEmpty();
      assertThat(figures.get().channels().getFirst().account().balances()).isTrue();
    }
    assertThat(heard).isEqualTo(lines.getBytes(UTF_8));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldEndInOrderForAClientThatNeverStopsSending() throws Exception {
    try (MonitoredServer server = new MonitoredServer(options());
        UnixConnection listener = UnixConnection.to(path);
        UnixConnection talker = UnixConnection.to(path)) {
      awaitClients(server, 2);
      Thread flood =
          Thread.startVirtualThread(
              () -> {
                try {
                  while (true) {
                    talker.send("on and on\n".repeat(100));
                  }
                } catch (IOException theServerIsGone) {
                  // As it must be at last.
                }
              });
      listener.readThrough("on and on\n");
      server.server().stopSoon();
      assertThat(listener.readToEnd()).asString().endsWith("on and on\n");
      flood.join();
    }
  }

  @Test
  void shouldNotCountUnixClientsBeyondTheMost() throws IOException {
    try (MonitoredServer server = new MonitoredServer(options().maxConnections(2));
        UnixConnection first = UnixConnection.to(path)) {
      first.send("LINECAST/1 aaaaaaaa\n");
      first.readThrough("\n");
      server.line("LINECAST/1 bbbbbbbb\n");
      await().untilAsserted(() -> assertThat(server.server().connections()).isEqualTo(2));
      try (UnixConnection third = UnixConnection.to(path)) {
        assertThat(third.readToEnd()).isEmpty();
      }
    }
  }

  private ServerOptionsBuilder options() {
    ReachOptions reach = ReachOptions.defaults().withUnix(new UnixSocket(path.toString(), "main"));
    return ServerOptions.builder().transport(Transport.EPOLL).eventLoops(1).reach(reach);
  }

  private String me() throws IOException {
    return "unix:%s pid %d uid %s"
        .formatted(path, ProcessHandle.current().pid(), Files.getAttribute(path, "unix:uid"));
  }

  private static void awaitClients(MonitoredServer server, int count) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        status(server, "channels")
                            .get(0)
                            .getAsJsonObject()
                            .get("clients")
                            .getAsInt())
                    .isEqualTo(count));
  }

  private static JsonArray slowest(MonitoredServer server) {
    await().until(() -> !status(server, "slowest").isEmpty());
    return status(server, "slowest");
  }

  private static JsonArray status(MonitoredServer server, String field) {
    return JsonParser.parseString(server.get("/api/status").body())
        .getAsJsonObject()
        .getAsJsonArray(field);
  }
}
