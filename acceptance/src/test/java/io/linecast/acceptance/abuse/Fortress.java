package io.linecast.acceptance.abuse;

import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server that is attacked, and those whom it serves meanwhile. */
final class Fortress implements AutoCloseable {

  /** What its ports are like. */
  enum Kind {
    /** As a server is without options, but for shorter times. */
    OPEN("lines", "web");

    private final String linePort;
    private final String webPort;

    Kind(String linePort, String webPort) {
      this.linePort = linePort;
      this.webPort = webPort;
    }

    String linePort() {
      return linePort;
    }

    String webPort() {
      return webPort;
    }
  }

  private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n";

  private final ServerUnderTest server;
  private final HealthyClients healthy;

  private Fortress(ServerUnderTest server) throws IOException {
    this.server = server;
    Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.port());
    sender.setTcpNoDelay(true);
    this.healthy = new HealthyClients(sender, wires());
  }

  static Fortress start(Kind kind) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--web-port",
                "0",
                "--request-time",
                "2s",
                "--drain",
                "5s",
                "--window",
                "16m",
                "--hello-time",
                "2s",
                "--handshake-time",
                "2s"));
    Path tokens = Files.createTempFile("tokens", "");
    Files.writeString(tokens, "# nobody has one\n");
    options.addAll(List.of("--tokens", tokens.toString(), "--allow", "127.0.0.0/8"));
    return new Fortress(ServerUnderTest.start(options.toArray(String[]::new)));
  }

  private List<HealthyClients.Wire> wires() throws IOException {
    int web = server.web("/").getPort();
    return List.of(
        wire("plain lines", server.port(), ""),
        wire("plain lines again", server.port(), ""),
        wire(
            "LINECAST/1",
            server.port(),
            "LINECAST/1 healthy-nonce ack=accepted\n",
            "PING I live\n"),
        wire("HTTP", web, "GET /lines" + HEAD + "\r\n"),
        wire("events", web, "GET /lines" + HEAD + "Accept: text/event-stream\r\n\r\n"),
        wire("WebSocket", web, WebAttacks.UPGRADE, "\u008a\u0080\0\0\0\0"));
  }

  private static HealthyClients.Wire wire(String name, int port, String request)
      throws IOException {
    return wire(name, port, request, "");
  }

  private static HealthyClients.Wire wire(String name, int port, String request, String alive)
      throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    return new HealthyClients.Wire(name, socket, request, alive);
  }

  HealthyClients healthy() {
    return healthy;
  }

  Attacker openLines() {
    return Attacker.connect(server.port());
  }

  Attacker openWeb() {
    return Attacker.connect(server.web("/").getPort());
  }

  int descriptors() throws IOException {
    Path folder = Path.of("/proc", Long.toString(server.program().pid()), "fd");
    try (Stream<Path> descriptors = Files.list(folder)) {
      return (int) descriptors.count();
    }
  }

  long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(server.program().pid()), "status");
    String line =
        Files.readAllLines(status).stream()
            .filter(its -> its.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }

  int stop() {
    return server.stop();
  }

  @Override
  public void close() throws IOException {
    healthy.close();
    server.close();
  }
}
