package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which ways the program is reached: unix sockets, several addresses, and through a proxy. */
@BlackBox
class ReachIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int USAGE = 2;
  private static final int PORT_IN_USE = 3;

  @TempDir private Path folder;

  @Test
  void shouldServeNetcatOnAUnixSocket() {
    requireUnixSockets();
    Path path = folder.resolve("lines");
    try (ServerUnderTest server = ServerUnderTest.start("--unix", path.toString());
        LineClient alice = server.connect();
        Program bob = Program.shell("exec nc -d -U $1", path)) {
      Fence.gather(server, List.of(alice));
      await()
          .until(
              () -> {
                alice.send(Fence.line(Fence.next()));
                return bob.stdoutText().startsWith(Fence.PREFIX);
              });
      try (Program nc = Program.shell("seq 1 50000 | nc -N -U $1", path)) {
        List<String> all = IntStream.rangeClosed(1, 50_000).mapToObj(Integer::toString).toList();
        assertThat(alice.hear(all.size())).isEqualTo(all);
        assertThat(nc.exitCode(PATIENCE)).isZero();
      }
      try (Program nc = Program.shell("printf 'no line feed' | nc -N -U $1", path)) {
        assertThat(nc.exitCode(PATIENCE)).isZero();
        assertThat(alice.hear()).isEqualTo("no line feed");
      }
      await().until(() -> bob.stdoutText().endsWith("\n50000\nno line feed\n"));
      assertThat(server.output()).contains("listening on unix:" + path + " (channel main)");
      assertThat(server.stop()).isZero();
      assertThat(bob.exitCode(PATIENCE)).isZero();
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void shouldTakeThePlaceOfAKilledServersSocketAndOfNoOther() throws IOException {
    requireUnixSockets();
    Path path = folder.resolve("lines");
    try (ServerUnderTest killed = ServerUnderTest.start("--unix", path.toString())) {
      assertCannotStart(PORT_IN_USE, "somebody else listens on unix:" + path, path);
      killed.program().signal("KILL");
      killed.program().exitCode(PATIENCE);
    }
    assertThat(path).exists();
    try (ServerUnderTest next =
            ServerUnderTest.start("--unix", path + "=ships", "--unix-mode", "0600");
        Program nc = Program.shell("printf 'hello\\n' | nc -N -U $1", path)) {
      assertThat(nc.exitCode(PATIENCE)).isZero();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      assertThat(next.stop()).isZero();
      assertThat(next.output()).contains("channel ships: accepted 1 lines");
    }
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertCannotStart(USAGE, "is no socket; it is left as it is", file);
    assertThat(file).hasContent("precious");
    assertCannotStart(USAGE, "at most 107 bytes", folder.resolve("x".repeat(120)));
  }

  private static void assertCannotStart(int code, String words, Path unix) {
    ServerLauncher launcher = new ServerLauncher().with("--port", "0", "--unix", unix.toString());
    try (Program program = launcher.program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(code);
      assertThat(program.output()).contains(words).doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void shouldBeOnTheSamePortOfEveryAddress() throws IOException {
    InetAddress six = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(six) != null, "there is no IPv6 here");
    try (ServerUnderTest server =
            ServerUnderTest.start("--bind", "127.0.0.1,::1", "--bind", "127.0.0.2");
        LineClient one = server.connect();
        LineClient two = LineClient.connect(new InetSocketAddress(six, server.port()));
        LineClient three =
            LineClient.connect(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), server.port()))) {
      Fence.gather(server, List.of(one, two, three));
      two.send("from IPv6");
      assertThat(one.hear()).isEqualTo("from IPv6");
      assertThat(three.hear()).isEqualTo("from IPv6");
      assertThat(server.output())
          .contains("listening on 127.0.0.1:" + server.port() + " (channel main)")
          .contains("listening on [::1]:" + server.port() + " (channel main)")
          .contains("listening on 127.0.0.2:" + server.port() + " (channel main)")
          .contains("try: nc 127.0.0.1 " + server.port())
          .doesNotContain("open to every machine");
    }
  }

  @Test
  void shouldSayWhyAProxyIsRefusedAndLetItsClientsIn() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start("--proxy-from", "127.0.0.0/29");
        Socket hasty = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      hasty.getOutputStream().write("no header\n".getBytes(UTF_8));
      await()
          .untilAsserted(
              () -> assertThat(server.output()).contains("PROXY header", "--proxy-from"));
      client
          .getOutputStream()
          .write("PROXY TCP4 203.0.113.9 192.0.2.1 4711 1234\r\nhello\n".getBytes(UTF_8));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
      assertThat(server.stop()).isZero();
      assertThat(server.output()).contains("accepted 1 lines", "1 the handshake failed");
    }
  }

  private static void requireUnixSockets() {
    assumeTrue(Transport.usual() != Transport.NIO, "unix sockets need epoll");
  }
}
