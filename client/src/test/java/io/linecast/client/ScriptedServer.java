package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.Hello;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that does what the test says, on the test's own thread: what to answer, when to cut, to
 * reset, to freeze, or to stop in mid-line. Whatever it waits for comes within seconds or fails the
 * test.
 */
final class ScriptedServer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final ServerSocket listener;
  private final List<Peer> peers = new ArrayList<>();
  private final List<Connecting> clients = new ArrayList<>();

  private ScriptedServer(ServerSocket listener) {
    this.listener = listener;
  }

  static ScriptedServer start() {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listener.setSoTimeout(PATIENCE_MILLIS);
      return new ScriptedServer(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** A client of it with short pauses. */
  ClientBuilder client() {
    return LinecastClient.to("linecast://" + address())
        .backOff(Duration.ofMillis(1), Duration.ofMillis(20))
        .closePatience(Duration.ofSeconds(5));
  }

  /** Has a client connect on a thread of its own; it ends with the test. */
  Connecting begin(ClientBuilder builder) {
    Connecting client = Connecting.begin(builder);
    clients.add(client);
    return client;
  }

  /** The next connection. */
  Peer accept() {
    try {
      Peer peer = new Peer(listener.accept());
      peers.add(peer);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody has connected", e);
    }
  }

  /** Takes no connection any more. */
  void refuse() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    refuse();
    peers.forEach(Peer::cut);
    clients.forEach(Connecting::abandon);
  }

  /** One connection of a client's. */
  static final class Peer {

    private final Socket socket;
    private final InputStream input;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      input = new BufferedInputStream(socket.getInputStream());
    }

    /** The client's next line; "(end)" if it has closed. */
    String line() {
      try {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
          if (next < 0) {
            return line + "(end)";
          }
          line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException("waiting for a line of the client's", e);
      }
    }

    /** The client says exactly this next. */
    Peer expect(String... lines) {
      for (String line : lines) {
        assertThat(line()).isEqualTo(line);
      }
      return this;
    }

    /** The client says exactly this before long, whatever else before it. */
    Peer awaitLine(String awaited) {
      String line = line();
      while (!line.equals(awaited) && !line.endsWith("(end)")) {
        line = line();
      }
      assertThat(line).isEqualTo(awaited);
      return this;
    }

    /** The client's hello, which must come next. */
    Hello hello() {
      return Hello.parse(line());
    }

    /**
     * Takes the hello and answers it; 15 seconds of heartbeat, epoch e1, nothing in the channel.
     */
    Hello welcome() {
      return welcome("next=1 oldest=1 epoch=e1");
    }

    /** Takes the hello and answers it, with {@code last=0} if nothing else is said. */
    Hello welcome(String values) {
      Hello hello = hello();
      String last = values.contains("last=") || hello.publisher().isEmpty() ? "" : " last=0";
      say(
          "LINECAST/1 "
              + hello.nonce()
              + " ok channel=main journal=memory max-line=65536 "
              + (values.contains("heartbeat=") ? "" : "heartbeat=15 ")
              + values
              + last);
      return hello;
    }

    void refuse(String codeAndText) {
      say("LINECAST/1 " + hello().nonce() + " no " + codeAndText);
      cut();
    }

    /** Says lines. */
    Peer say(String... lines) {
      StringBuilder text = new StringBuilder();
      for (String line : lines) {
        text.append(line).append('\n');
      }
      return sayExactly(text.toString());
    }

    /** Says bytes, which may end in mid-line. */
    Peer sayExactly(String text) {
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Answers a QUIT, which must come next. */
    void goodbye() {
      expect("QUIT").say("BYE quit");
      cut();
    }

    /** Ends the connection in an orderly way. */
    void cut() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Ends it with a reset: what is under way is lost. */
    void reset() {
      try {
        socket.setSoLinger(true, 0);
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
