package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection that speaks LINECAST/1, for one thread; every call may fail, as servers die. */
final class Wire implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BEGINNING = "LINECAST/1 journal-it ";

  private final Socket socket = new Socket();
  private final BufferedReader reader;
  private final String answer;

  /**
   * Says a hello.
   *
   * @param wishes behind the nonce
   */
  Wire(InetSocketAddress address, String wishes) throws IOException {
    this(address, wishes, PATIENCE);
  }

  /**
   * Says a hello.
   *
   * @param wishes behind the nonce
   * @param patience how long it waits for a connection, and for a word
   */
  Wire(InetSocketAddress address, String wishes, Duration patience) throws IOException {
    boolean done = false;
    try {
      socket.connect(address, (int) patience.toMillis());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      say(BEGINNING + wishes + "\n");
      answer = hearAnswer();
      done = true;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /** What comes before is for the plain client that it was until then. */
  private String hearAnswer() throws IOException {
    String line = hear();
    while (!line.startsWith(BEGINNING)) {
      line = hear();
    }
    if (!line.startsWith("ok ", BEGINNING.length())) {
      throw new IOException("refused: " + line);
    }
    return line;
  }

  /** What the answer to the hello says of something. */
  String answered(String name) {
    int at = answer.indexOf(" " + name + "=");
    String rest = answer.substring(at + name.length() + 2);
    int end = rest.indexOf(' ');
    return end < 0 ? rest : rest.substring(0, end);
  }

  void say(String lines) throws IOException {
    socket.getOutputStream().write(lines.getBytes(ISO_8859_1));
  }

  /** The next line; pings are answered by the way. */
  String hear() throws IOException {
    while (true) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the connection has ended");
      }
      if (!line.startsWith("PING")) {
        return line;
      }
      say("PONG" + line.substring(4) + "\n");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
