package io.linecast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;

/** For a test that plays the server itself. */
final class PlayedServer {
  private PlayedServer() {}

  /** The server's end of the next connection. */
  static LineClient accept(ServerSocket listener) {
    try {
      listener.setSoTimeout((int) LineClient.PATIENCE.toMillis());
      Socket socket = listener.accept();
      socket.setTcpNoDelay(true);
      return new LineClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("nobody connects", e);
    }
  }
}
