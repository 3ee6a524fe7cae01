package io.linecast.acceptance.web;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that share a server with a web port and a second channel, one after the other: none may
 * count on line 1. What each opens is closed after it.
 */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
abstract class OnWebServer {
  static ServerUnderTest server;

  @Parameter Transport transport;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @BeforeParameterizedClassInvocation
  static void start(Transport transport) {
    server =
        ServerUnderTest.start(
            "--web-port", "0", "--lines", "0=ships", "--transport", transport.option());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** Has it closed after the test. */
  <T extends AutoCloseable> T keep(T client) {
    opened.push(client);
    return client;
  }

  Posts posts() {
    return new Posts(server);
  }

  RawHttp connect() {
    return keep(RawHttp.connect(server));
  }

  /** A client of the line port that hears what is sent. */
  LineClient joinPlain() {
    return keep(LineClient.joined(server, 1).getFirst());
  }

  MessageClient webSocket(String path) {
    return keep(MessageClient.plain(server, path));
  }

  /** A WebSocket of LINECAST/1 that was let in. */
  MessageClient linecast(String path) {
    return keep(MessageClient.acknowledged(server, path));
  }

  EventStream events(String path) {
    return keep(EventStream.open(server, path));
  }
}
