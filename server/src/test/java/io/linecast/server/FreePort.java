package io.linecast.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a server that must know it before it starts. */
final class FreePort {

  /** None of those that the system gives to whoever asks for any. */
  private static final int FIRST = 10_000;

  private static final int END = 20_000;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /** One that nobody has now, at any address. */
  static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (IOException e) {
        // somebody has it
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + END);
  }
}
