package io.linecast.acceptance.ack;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that share a server without options, one after the other: none may count on line 1. Each
 * has its own clients, which are closed after it.
 */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
abstract class OnSharedServer {
  static ServerUnderTest server;

  @Parameter Transport transport;

  Clients clients;

  @BeforeParameterizedClassInvocation
  static void start(Transport transport) {
    server = ServerUnderTest.usual(transport);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void begin() {
    clients = new Clients(server);
  }

  @AfterEach
  void end() {
    clients.close();
  }

  AckClient connect() {
    return clients.connect();
  }

  AckClient join(String parameters) {
    return clients.join(parameters);
  }

  LineClient joinPlain() {
    return clients.joinPlain();
  }
}
