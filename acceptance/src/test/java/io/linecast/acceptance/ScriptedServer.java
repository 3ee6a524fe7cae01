package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that does what the test says, on the test's own thread: what a real one does when it is
 * killed, is full, or is a liar.
 */
final class ScriptedServer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket listener;
  private final List<Peer> peers = new ArrayList<>();

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

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    peers.forEach(Peer::cut);
  }

  /** One connection of a client's. */
  static final class Peer implements AutoCloseable {
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
        return line.toString(UTF_8);
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

    /** The client says nothing for so long, and does not leave either. */
    Peer expectNothing(Duration time) {
      try {
        socket.setSoTimeout((int) time.toMillis());
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Takes the hello and answers it, for a client whose name nobody knows. */
    Peer welcome(String epoch) {
      String hello = line();
      String last = hello.contains("publisher=") ? " last=0" : "";
      return say(
          "LINECAST/1 %s ok channel=main next=1 oldest=1 journal=memory epoch=%s max-line=65536 heartbeat=15%s"
              .formatted(hello.split(" ", 3)[1], epoch, last));
    }

    /** Sends lines. */
    Peer say(String... lines) {
      return send(String.join("\n", lines) + "\n");
    }

    /** Sends a text as it is. */
    Peer send(String text) {
      try {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until the client can write no more, because nothing of it is read. */
    Peer awaitFull() {
      AtomicInteger before = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                int received = socket.getInputStream().available();
                return before.getAndSet(received) == received && received > 0;
              });
      return this;
    }

    @Override
    public void close() {
      cut();
    }

    /** Ends the connection; all that was said still arrives, if all that came was read. */
    void cut() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
