package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.protocol.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A server that does what the test says, on the test's own thread: what to answer, when to cut, to
 * reset, to freeze, or to stop in mid-line. Whatever it waits for comes within seconds or fails the
 * test. By TLS where it is given what to speak it with. The commands' tests use it too.
 */
public final class ScriptedServer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket listener;
  private Optional<PeerSocket.Security> tls;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final List<Connecting> clients = new ArrayList<>();

  private ScriptedServer(ServerSocket listener, Optional<SSLContext> tls) {
    this.listener = listener;
    this.tls = tls.map(context -> new PeerSocket.Security(context, secure -> {}));
  }

  public static ScriptedServer start() {
    return start(Optional.empty(), "127.0.0.1");
  }

  /** One that speaks TLS. */
  public static ScriptedServer start(SSLContext tls) {
    return start(tls, "127.0.0.1");
  }

  /** One that speaks TLS, at some address of this machine's. */
  static ScriptedServer start(SSLContext tls, String host) {
    return start(Optional.of(tls), host);
  }

  private static ScriptedServer start(Optional<SSLContext> tls, String host) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName(host));
      listener.setSoTimeout(PATIENCE_MILLIS);
      return new ScriptedServer(listener, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Has it speak TLS in some other way. */
  public ScriptedServer with(Consumer<SSLSocket> change) {
    tls = tls.map(before -> new PeerSocket.Security(before.context(), change));
    return this;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** A client of it with short pauses. */
  ClientBuilder client() {
    return LinecastClient.to((tls.isPresent() ? "linecasts://" : "linecast://") + address())
        .backOff(Duration.ofMillis(1), Duration.ofMillis(20))
        .closePatience(Duration.ofSeconds(5));
  }

  /** Has a client connect on a thread of its own; it ends with the test. */
  Connecting begin(ClientBuilder builder) {
    Connecting client = Connecting.begin(builder);
    clients.add(client);
    return client;
  }

  /** The next connection, with its handshake behind it. */
  public Peer accept() {
    return accept(tls);
  }

  /** The next connection, in the clear whatever this server speaks. */
  Peer acceptInTheClear() {
    return accept(Optional.empty());
  }

  private Peer accept(Optional<PeerSocket.Security> security) {
    try {
      Peer peer = new Peer(PeerSocket.of(listener.accept(), security, PATIENCE_MILLIS));
      peers.add(peer);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException("nobody has connected, or not as expected", e);
    }
  }

  /** A connection that the client, or this server, breaks off in its handshake or behind it. */
  public void acceptInVain() {
    assertThatThrownBy(() -> accept().line()).isInstanceOf(UncheckedIOException.class);
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
  public static final class Peer implements AutoCloseable {

    private final PeerSocket socket;

    private Peer(PeerSocket socket) {
      this.socket = socket;
    }

    /** The client's next line; "(end)" if it has closed. */
    public String line() {
      return socket.line();
    }

    /** Who the client says it is; only of TLS. */
    Optional<String> certificate() {
      return socket.certificate();
    }

    /** The client says exactly this next. */
    public Peer expect(String... lines) {
      for (String line : lines) {
        assertThat(line()).isEqualTo(line);
      }
      return this;
    }

    /** The client says nothing for so long, and does not leave either. */
    public Peer expectNothing(Duration time) {
      try {
        socket.readWithin((int) time.toMillis());
        assertThatThrownBy(socket.input()::read).isInstanceOf(SocketTimeoutException.class);
        socket.readWithin(PATIENCE_MILLIS);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The client says nothing for so long; an exception if it has left. */
    Peer expectNothingOrEnd(Duration time) {
      try {
        socket.readWithin((int) time.toMillis());
        if (socket.input().read() < 0) {
          throw new UncheckedIOException(new IOException("it has left"));
        }
      } catch (SocketTimeoutException e) {
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    /** Waits until the client can write no more, because nothing of it is read. */
    public Peer awaitFull() {
      AtomicInteger before = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                int received = socket.available();
                return before.getAndSet(received) == received && received > 0;
              });
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

    /** Takes the hello and answers it: a server that has just begun to count. */
    public Peer welcomeTo(String epoch) {
      welcome("next=1 oldest=1 epoch=" + epoch);
      return this;
    }

    void refuse(String codeAndText) {
      say("LINECAST/1 " + hello().nonce() + " no " + codeAndText);
      cut();
    }

    /** Says lines. */
    public Peer say(String... lines) {
      StringBuilder text = new StringBuilder();
      for (String line : lines) {
        text.append(line).append('\n');
      }
      return sayExactly(text.toString());
    }

    /** Ends the sending side; what the client says can be read on. */
    Peer endSending() {
      socket.endSending();
      return this;
    }

    /** How the two understand each other; only of TLS. */
    SSLSession session() {
      return socket.session();
    }

    /** Says bytes, which may end in mid-line. */
    public Peer sayExactly(String text) {
      socket.say(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** Answers a QUIT, which must come next. */
    void goodbye() {
      expect("QUIT").say("BYE quit");
      cut();
    }

    @Override
    public void close() {
      cut();
    }

    /** Ends the connection: all that was said still arrives, if all that came was read. */
    public void cut() {
      socket.cut();
    }

    /** Ends it with a reset: what is under way is lost. */
    void reset() {
      socket.reset();
    }
  }
}
