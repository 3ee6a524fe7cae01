package io.linecast.server;

import static io.linecast.server.TlsClient.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.net.ssl.SSLSocket;

/** Lines over TLS, said and heard by tests. */
final class SecureLines {

  private SecureLines() {}

  /** Everybody hears each other from now on. */
  static void gather(SSLSocket... clients) throws IOException {
    for (int i = 1; i < clients.length; i++) {
      clients[i].startHandshake();
    }
    say(clients[0], "hello\n");
    for (int i = 1; i < clients.length; i++) {
      assertThat(clients[i].getInputStream().readNBytes(6))
          .isEqualTo("hello\n".getBytes(ISO_8859_1));
    }
  }

  static byte[] read(SSLSocket socket, int bytes) {
    try {
      return socket.getInputStream().readNBytes(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String numbered(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(i).append(" of many\n");
    }
    return lines.toString();
  }
}
