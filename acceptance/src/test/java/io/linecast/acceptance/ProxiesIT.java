package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies of others before a server, set up as docs/security.md says. */
@BlackBox
class ProxiesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern SNIPPET = Pattern.compile("(?s)```\n(.*?)```");

  /** Where Debian has what is a part of the program elsewhere. */
  private static final Path STREAM_MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

  @TempDir private Path folder;

  private final int linePort = ServerUnderTest.freePort();
  private final int webPort = ServerUnderTest.freePort();
  private ServerUnderTest server;

  @BeforeEach
  void start() {
    server = ServerUnderTest.start("--web-port", "0", "--proxy-from", "127.0.0.2");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The snippet that has something in it, with the ports of this test. */
  private String snippet(String with) throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "security.md"));
    String snippet =
        SNIPPET
            .matcher(docs)
            .results()
            .map((MatchResult found) -> found.group(1))
            .filter(text -> text.contains(with))
            .findFirst()
            .orElseThrow();
    return snippet
        .replace("127.0.0.1:11234", "127.0.0.1:" + server.port())
        .replace("127.0.0.1:18234", "127.0.0.1:" + server.web("/").getPort())
        .replace("127.0.0.1:8234", "127.0.0.1:" + server.web("/").getPort())
        .replace("bind :1234", "bind 127.0.0.1:" + linePort)
        .replace("bind :8234", "bind 127.0.0.1:" + webPort)
        .replace("listen 1234", "listen 127.0.0.1:" + linePort);
  }

  private Program haproxy() throws IOException {
    Path program = SearchPath.assumeThereIs("haproxy");
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), snippet("listen lines"));
    return started(List.of(program.toString(), "-db", "-f", file.toString()), linePort);
  }

  private Program nginx(String configuration, int port) throws IOException {
    Path program = SearchPath.assumeThereIs("nginx");
    String module = Files.exists(STREAM_MODULE) ? "load_module " + STREAM_MODULE + ";\n" : "";
    Path file =
        Files.writeString(
            folder.resolve("nginx.conf"),
            module + "pid %s/pid;\nevents {}\n".formatted(folder) + configuration);
    return started(
        List.of(
            program.toString(),
            "-e",
            "stderr",
            "-c",
            file.toString(),
            "-g",
            "daemon off; master_process off;"),
        port);
  }

  private static Program started(List<String> command, int port) {
    Program program = Program.start(command, Map.of());
    await("the proxy").atMost(PATIENCE).until(() -> listens(port) || !program.isRunning());
    assertThat(program.isRunning()).as(program.report()).isTrue();
    return program;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private LineClient connect() {
    return LineClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), linePort));
  }

  @Test
  void shouldRelayLinesBehindHaproxy() throws IOException {
    try (Program _ = haproxy()) {
      relayBothWays();
    }
    assertThat(server.output()).as("headers that are none").doesNotContain("PROXY");
  }

  @Test
  void shouldAnswerHttpBehindHaproxy() throws IOException {
    try (Program _ = haproxy()) {
      assertThat(statusOf("/health/live")).isEqualTo(200);
    }
  }

  @Test
  void shouldRelayLinesBehindNginx() throws IOException {
    try (Program _ = nginx(snippet("stream {"), linePort)) {
      relayBothWays();
    }
    assertThat(server.output()).as("headers that are none").doesNotContain("PROXY");
  }

  /** Whoever comes by a proxy on this machine is not therefore of this machine. */
  @Test
  void shouldNotTellWhoComesByNginxHowTheServerIs() throws IOException {
    String http =
        """
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$d;
            %3$s
          }
        }
        """
            .formatted(folder, webPort, snippet("location / {"));
    try (Program _ = nginx(http, webPort)) {
      assertThat(statusOf("/health/live")).isEqualTo(200);
      assertThat(statusOf("/lines?limit=1")).isEqualTo(200);
      assertThat(statusOf("/api/status")).isEqualTo(403);
    }
  }

  private int statusOf(String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + webPort + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setReadTimeout((int) PATIENCE.toMillis());
    return connection.getResponseCode();
  }

  /** And what is sent before a half-close comes, as by {@code nc -N}. */
  private void relayBothWays() {
    try (LineClient direct = server.connect();
        LineClient behind = connect();
        LineClient leaving = connect()) {
      Fence.gather(direct, List.of(behind, leaving));
      behind.send("from behind the proxy");
      assertThat(direct.hear()).isEqualTo("from behind the proxy");
      assertThat(leaving.hear()).isEqualTo("from behind the proxy");
      leaving.send("a last word");
      leaving.halfClose();
      assertThat(direct.hear()).isEqualTo("a last word");
      assertThat(behind.hear()).isEqualTo("a last word");
      leaving.expectEnd();
      direct.send("to all");
      assertThat(behind.hear()).isEqualTo("to all");
    }
  }
}
