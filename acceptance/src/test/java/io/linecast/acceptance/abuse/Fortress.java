package io.linecast.acceptance.abuse;

import io.linecast.acceptance.Figures;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
    OPEN,
    /** TLS on all of them. */
    SECURE,
    /** The same by the JDK's TLS, as where BoringSSL is not to be had. */
    SECURE_JDK,
    /** Behind a proxy, whose address the attacker has; the healthy come from another. */
    PROXIED,
    /** The same, and little is allowed to anybody. */
    LIMITED;

    List<Gate> gates() {
      return switch (this) {
        case OPEN ->
            List.of(
                new Gate("lines", false, HERE, LineAttacks.all()),
                new Gate("web", true, HERE, WebAttacks.all()));
        case SECURE ->
            List.of(
                new Gate("lines by TLS", false, HERE, HandshakeAttacks.onTls()),
                new Gate("web by TLS", true, HERE, HandshakeAttacks.onTls()));
        case SECURE_JDK ->
            List.of(new Gate("lines by the JDK's TLS", false, HERE, HandshakeAttacks.onTls()));
        case PROXIED ->
            List.of(
                new Gate("lines by a proxy", false, PROXY, HandshakeAttacks.onProxyHeaders()),
                new Gate("web by a proxy", true, PROXY, HandshakeAttacks.onProxyHeaders()));
        case LIMITED ->
            List.of(
                new Gate("lines with limits", false, PROXY, LimitAttacks.onLines()),
                new Gate("web with limits", true, PROXY, LimitAttacks.onWeb()),
                new Gate("lines with tokens", false, PROXY, LimitAttacks.onLinesByStrangers()),
                new Gate("web with tokens", true, PROXY, LimitAttacks.onWebByStrangers()),
                new Gate("lines, not by the proxy", false, STRANGE, LimitAttacks.byImpostors()));
      };
    }
  }

  /**
   * A port that is attacked.
   *
   * @param port in words, for a table
   * @param from the address that the attacker has
   */
  record Gate(String port, boolean web, String from, List<Attack> attacks) {}

  private static final int PATIENCE_MILLIS = 10_000;
  private static final String HERE = "127.0.0.1";
  private static final String PROXY = "127.0.0.2";
  private static final String STRANGE = "127.0.0.3";
  private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n";

  private final Kind kind;
  private final ServerUnderTest server;
  private final HealthyClients healthy;
  private final int descriptorsBefore;
  private final long residentBefore;

  private Fortress(Kind kind, ServerUnderTest server) throws IOException {
    this.kind = kind;
    this.server = server;
    Socket sender = connect(server.port());
    sender.setTcpNoDelay(true);
    this.healthy = new HealthyClients(sender, wires());
    this.descriptorsBefore = descriptors();
    this.residentBefore = residentBytes();
  }

  static Fortress start(Kind kind) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--web-port",
                "0",
                "--request-time",
                kind == Kind.LIMITED ? "12s" : "4s", // limits close them there, not time
                "--drain",
                "5s",
                "--window",
                "16m",
                "--hello-time",
                "1s",
                "--handshake-time",
                kind == Kind.PROXIED ? "1s" : "4s")); // elsewhere it binds the healthy too
    Path tokens = Files.createTempFile("tokens", "");
    Files.writeString(tokens, "# nobody has one\n");
    options.addAll(List.of("--tokens", tokens.toString(), "--allow", "127.0.0.0/8"));
    switch (kind) {
      case OPEN -> {}
      case SECURE -> options.add("--tls-self-signed");
      case SECURE_JDK -> options.addAll(List.of("--tls-self-signed", "--tls-provider", "jdk"));
      case PROXIED -> options.addAll(List.of("--proxy-from", PROXY));
      case LIMITED -> {
        options.addAll(List.of("--proxy-from", PROXY));
        options.addAll(LimitAttacks.LIMITS);
      }
    }
    ServerUnderTest server = ServerUnderTest.start(options.toArray(String[]::new));
    try {
      return new Fortress(kind, server);
    } catch (IOException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private List<HealthyListener.Wire> wires() throws IOException {
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

  private HealthyListener.Wire wire(String name, int port, String request) throws IOException {
    return wire(name, port, request, "");
  }

  private HealthyListener.Wire wire(String name, int port, String request, String alive)
      throws IOException {
    HealthyListener.Wire wire = new HealthyListener.Wire(name, connect(port), request, alive);
    wire.say(request); // at once: the times for it are short
    return wire;
  }

  /** As a healthy client comes. */
  private Socket connect(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return kind == Kind.SECURE || kind == Kind.SECURE_JDK
        ? Trusting.connect(here, port)
        : new Socket(here, port);
  }

  HealthyClients healthy() {
    return healthy;
  }

  /** As an attacker comes: without TLS in any case, that is its own affair. */
  Attacker open(Gate gate) {
    int port = gate.web() ? server.web("/").getPort() : server.port();
    return Attacker.connect(gate.from(), port);
  }

  /** How often a limit was reached, by the option that sets it. */
  long limited(String option) {
    try (Socket socket = connect(server.web("/").getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET /metrics" + HEAD + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new Figures(new String(answer, StandardCharsets.ISO_8859_1)).limited(option);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many more descriptors it has than before it was attacked. */
  int descriptorsGrown() throws IOException {
    return descriptors() - descriptorsBefore;
  }

  /** By how much its memory has grown since. */
  long residentGrownBytes() throws IOException {
    return residentBytes() - residentBefore;
  }

  private int descriptors() throws IOException {
    Path folder = Path.of("/proc", Long.toString(server.program().pid()), "fd");
    try (Stream<Path> descriptors = Files.list(folder)) {
      return (int) descriptors.count();
    }
  }

  private long residentBytes() throws IOException {
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
