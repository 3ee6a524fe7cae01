package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;

/** A server with a web port, and clients that speak to it on each wire. For one thread. */
final class MonitoredServer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final LinecastServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deque<Socket> clients = new ArrayDeque<>();

  MonitoredServer(ServerOptionsBuilder options) {
    server = LinecastServer.start(options.port(0).web(WebOptions.onPort(0)).build());
  }

  LinecastServer server() {
    return server;
  }

  /** What Prometheus is told now. */
  Exposition scrape() {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return Exposition.parse(response.body());
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** Posts something, with headers, each a name and a value. */
  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
    return send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.web().orElseThrow().getPort() + path);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Connects to the line port, and says something. */
  Socket line(String words) throws IOException {
    return connect(server.port(), words);
  }

  /** Connects to the web port, and says something. */
  Socket web(String words) throws IOException {
    return connect(server.web().orElseThrow().getPort(), words);
  }

  private Socket connect(int port, String words) throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setReceiveBufferSize(8 << 10);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(words.getBytes(UTF_8));
    return socket;
  }

  /** Whether the web port can be connected to. */
  boolean accepts() {
    try (Socket socket = new Socket()) {
      int port = server.web().orElseThrow().getPort();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads on until something has come, and perhaps what is behind it. */
  static void readThrough(Socket client, String awaited) throws IOException {
    byte[] bytes = new byte[16 << 10];
    String read = "";
    while (!read.contains(awaited)) {
      int count = client.getInputStream().read(bytes);
      assertThat(count).as("end of the connection after '%s'", read).isPositive();
      String last = read.substring(Math.max(0, read.length() - awaited.length()));
      read = last + new String(bytes, 0, count, UTF_8);
    }
  }

  /** Reads until the connection ends. */
  static void readToEnd(Socket client) throws IOException {
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** That every delivery is accounted for once the server is at rest. */
  void awaitBalance() {
    await()
        .untilAsserted(
            () -> {
              Exposition told = scrape();
              assertThat(told.main("linecast_deliveries_eligible_total"))
                  .as("eligible = delivered + skipped + lost + pending")
                  .isEqualTo(told.mainAccountedFor());
            });
  }

  @Override
  public void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    http.close();
    server.close();
  }
}
