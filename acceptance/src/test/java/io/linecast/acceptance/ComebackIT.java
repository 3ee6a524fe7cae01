package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.client.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever was there comes back at once, as after a network was gone, to a server with the limits
 * that it has if none is said: each is served, and who has stayed is served meanwhile.
 */
@BlackBox
class ComebackIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int CLIENTS = 10_000;
  private static final int SECURE_CLIENTS = 1_000;
  private static final byte[] NOTHING = {};

  /** One address has not so many ports that it could come twice with them. */
  private static final List<InetAddress> ADDRESSES =
      IntStream.rangeClosed(10, 19)
          .mapToObj(last -> InetAddress.ofLiteral("127.0.1." + last))
          .toList();

  private static ServerUnderTest start(String... options) {
    return new ServerLauncher().with("--web-port", "0").with(options).start();
  }

  @Test
  void shouldServeTenThousandThatComeBackAtOnce() {
    try (ServerUnderTest server = start()) {
      comeAndComeBack(server, ADDRESSES, client -> NOTHING);
    }
  }

  /** For whom the limits by address hold, which this machine's own do not have. */
  @Test
  void shouldServeTenThousandThatComeBackAtOnceFromAsManyAddresses() {
    try (ServerUnderTest server = start("--proxy-from", "127.0.1.0/24")) {
      comeAndComeBack(
          server,
          ADDRESSES,
          client ->
              "PROXY TCP4 10.0.%d.%d 192.0.2.1 4711 1234\r\n"
                  .formatted(client / 250, client % 250)
                  .getBytes(US_ASCII));
    }
  }

  private static void comeAndComeBack(
      ServerUnderTest server, List<InetAddress> from, IntFunction<byte[]> hello) {
    InetSocketAddress address = server.address();
    try (LineClient alice = server.connect();
        LineClient bob = server.connect()) {
      Fence.gather(alice, List.of(bob));
      try (Crowd crowd = Crowd.arriving(address, CLIENTS, from, hello)) {
        serve(crowd, alice, bob);
      }
      await("all gone").atMost(PATIENCE).until(() -> connections(server) <= 2);
      try (Crowd crowd = Crowd.arriving(address, CLIENTS, from, hello)) {
        serve(crowd, alice, bob);
        assertThat(connections(server)).isEqualTo(CLIENTS + 2);
      }
      Figures figures = Figures.of(server);
      assertThat(figures.limited("max-per-address")).isZero();
      assertThat(figures.limited("accept-rate-per-address")).isZero();
      assertThat(figures.value("linecast_refused_total{code=\"full\"}")).isZero();
    }
  }

  /** Alice speaks to bob until all hear her, of whom none may have to wait for long. */
  private static void serve(Crowd crowd, LineClient alice, LineClient bob) {
    int first = Fence.next();
    await("all served")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .untilAsserted(
            () -> {
              String line = Fence.line(Fence.next());
              alice.send(line);
              bob.hearThrough(line);
              assertThat(crowd.members().stream().filter(m -> hasHeardNone(m, first)).count())
                  .as("not served of %d; faults: %s", CLIENTS, crowd.faults())
                  .isZero();
            });
    Fence.gather(alice, crowd.members());
    assertThat(crowd.faults()).isEmpty();
  }

  private static boolean hasHeardNone(CrowdMember member, int before) {
    return member.transcript().lastFence() <= before;
  }

  private static long connections(ServerUnderTest server) {
    return Figures.of(server).value("linecast_connections{channel=\"main\",wire=\"plain\"}");
  }

  @Test
  void shouldServeAThousandThatShakeHandsAtOnce(@TempDir Path folder) throws IOException {
    TestAuthority authority = TestAuthority.named("the tests' CA");
    Path certificate = authority.issue("EC", "localhost", "127.0.0.1").write(folder, "server");
    String key = folder.resolve("server.key").toString();
    SSLContext tls = authority.client();
    // Where the clients are slow, which are all of one process, their handshakes take long.
    String[] options = {
      "--tls-cert", certificate.toString(), "--tls-key", key, "--handshake-time", "60"
    };
    try (ServerUnderTest server = ServerUnderTest.start(options);
        LineClient alice = new LineClient(secure(server, tls))) {
      for (int times = 0; times < 2; times++) {
        List<CompletableFuture<SSLSocket>> crowd =
            Stream.generate(
                    () ->
                        CompletableFuture.supplyAsync(
                            () -> hearing(server, tls), Thread::startVirtualThread))
                .limit(SECURE_CLIENTS)
                .toList();
        await("all served")
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(
                () -> {
                  alice.send("heard");
                  return crowd.stream().allMatch(CompletableFuture::isDone);
                });
        for (CompletableFuture<SSLSocket> member : crowd) {
          member.join().close();
        }
      }
    }
  }

  private static SSLSocket secure(ServerUnderTest server, SSLContext as) {
    try {
      SSLSocket socket =
          (SSLSocket) as.getSocketFactory().createSocket(server.host(), server.port());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody who has come, and has heard something. */
  private static SSLSocket hearing(ServerUnderTest server, SSLContext as) {
    SSLSocket socket = secure(server, as);
    try {
      assertThat(socket.getInputStream().read()).isNotNegative();
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
