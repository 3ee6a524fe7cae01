package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.Fence;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import java.util.stream.Stream;

/** A server whose senders wait until a client that reads nothing has gone. */
final class HeldServer implements AutoCloseable {
  private static final byte[] LINES = ("x".repeat(999) + "\n").repeat(100).getBytes(US_ASCII);

  private final ServerUnderTest server;
  private final LineClient stuck;
  private final LineClient sender;
  private volatile boolean held;

  private HeldServer(ServerUnderTest server) {
    this.server = server;
    this.stuck = server.connectWithSmallBuffer();
    this.sender = server.connect();
  }

  static HeldServer start(String... options) {
    String[] held = {"--web-port", "0", "--slow", "stall", "--window", "1m"};
    HeldServer started =
        new HeldServer(
            ServerUnderTest.start(
                Stream.of(held, options).flatMap(Stream::of).toArray(String[]::new)));
    Fence.gather(started.server, started.stuck);
    started.fill();
    return started;
  }

  private void fill() {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!held) {
                sender.sendBytes(LINES);
              }
            });
    await("that senders wait").until(this::isHeld);
    held = true;
  }

  private boolean isHeld() {
    try (RawHttp probe = connect()) {
      return probe.request("GET /health/ready").readResponse().startsWith("HTTP/1.1 503 ");
    }
  }

  ServerUnderTest server() {
    return server;
  }

  RawHttp connect() {
    return RawHttp.connect(server);
  }

  /** Senders wait no longer. */
  void release() {
    stuck.close();
  }

  @Override
  public void close() {
    stuck.close();
    sender.close();
    server.close();
  }
}
