package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.JournalOptions;
import io.linecast.server.ServerOptions;
import io.linecast.server.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --keep}, as a client sees it. */
class KeepIT {

  private static final int PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;

  private JournalOptions keeping(String where, long lines) {
    return new JournalOptions(
        where, Optional.empty(), lines, 0, Optional.empty(), 0, Duration.ofSeconds(30));
  }

  private ServerProcess start(long lines) {
    JournalOptions journal = keeping("sqlite:" + folder.resolve("lines.db"), lines);
    return ServerProcess.start(ServerOptions.builder().port(0).journal(journal).build());
  }

  @Test
  void shouldSayWhatIsGone() throws IOException {
    try (ServerProcess server = start(0);
        Client client = new Client(server, "listen=no")) {
      for (int i = 1; i <= 20; i++) {
        client.say("SEND " + i + " line " + i);
        assertThat(client.hear()).startsWith("SENT " + i + " " + i + " ");
      }
    }
    try (ServerProcess server = start(5);
        Client client = new Client(server, "from=1")) {
      assertThat(client.answer).contains(" next=21 oldest=16 journal=sqlite ");
      assertThat(client.hear()).isEqualTo("GAP 1 15 expired");
      assertThat(client.hear()).isEqualTo("LINE 16 line 16");
    }
  }

  @Test
  void shouldBeRefusedWhereNothingIsKept() {
    ServerOptions options = ServerOptions.builder().port(0).journal(keeping("memory", 5)).build();
    assertThatThrownBy(() -> ServerProcess.start(options))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("code 2");
  }

  /** An acknowledged one, by hand. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader heard;
    private final String answer;

    Client(ServerProcess server, String parameters) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout(PATIENCE_MILLIS);
      heard =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      say("LINECAST/1 by-hand-1 " + parameters);
      answer = hear();
    }

    void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    String hear() throws IOException {
      return String.valueOf(heard.readLine());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
