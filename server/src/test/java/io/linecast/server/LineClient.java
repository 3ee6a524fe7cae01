package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client on a line port, that says and hears line by line. For one thread. */
final class LineClient {

  private final Socket socket;
  private final BufferedReader lines;
  private int questions;

  private LineClient(Socket socket) throws IOException {
    this.socket = socket;
    this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** One that says nothing before it sends lines. */
  static LineClient plain(MonitoredServer server) throws IOException {
    int before = server.server().connections();
    LineClient client = new LineClient(server.line(""));
    await().until(() -> server.server().connections() > before);
    return client;
  }

  /** One that has said hello, and was let in. */
  static LineClient acknowledged(MonitoredServer server, String parameters) throws IOException {
    LineClient client = new LineClient(server.line("LINECAST/1 by-hand-1 " + parameters + "\n"));
    assertThat(client.hear()).startsWith("LINECAST/1 by-hand-1 ok ");
    return client;
  }

  void say(String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(UTF_8));
  }

  /** Sends nothing more. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Is gone, and the server is told so by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The next line; null at the end. */
  @Nullable String hear() throws IOException {
    return lines.readLine();
  }

  /** The next line with an answer in it, its text apart; {@code PING}s are passed over. */
  String hearAnswer() throws IOException {
    String line = String.valueOf(hear());
    while (line.startsWith("PING")) {
      line = String.valueOf(hear());
    }
    return line.startsWith("FAIL") ? line.replaceAll("(FAIL \\d+ \\S+).*", "$1") : line;
  }

  /** That nothing has been said to what it has sent: an answer to a later question comes first. */
  void requireNoAnswer() throws IOException {
    questions++;
    say("PING " + questions + "\n");
    assertThat(hear()).isEqualTo("PONG " + questions);
  }
}
