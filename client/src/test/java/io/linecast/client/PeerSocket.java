package io.linecast.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A server's end of a connection, in the clear or by TLS. */
final class PeerSocket {

  private final Socket wire;
  private final Socket socket;
  private final InputStream input;

  private PeerSocket(Socket wire, Socket socket) throws IOException {
    this.wire = wire;
    this.socket = socket;
    wire.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** How a server speaks TLS. */
  record Security(SSLContext context, Consumer<SSLSocket> settings) {

    private SSLSocket over(Socket wire) throws IOException {
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(wire, "client", wire.getPort(), true);
      secure.setUseClientMode(false);
      settings.accept(secure);
      secure.startHandshake();
      return secure;
    }
  }

  /** With its handshake behind it. */
  static PeerSocket of(Socket wire, Optional<Security> security, int patienceMillis)
      throws IOException {
    wire.setSoTimeout(patienceMillis);
    return new PeerSocket(wire, security.isPresent() ? security.get().over(wire) : wire);
  }

  InputStream input() {
    return input;
  }

  /** How much has come that was not read, of TLS in its own form. */
  int available() throws IOException {
    return wire.getInputStream().available();
  }

  void readWithin(int millis) throws IOException {
    wire.setSoTimeout(millis);
  }

  /** The next line; "(end)" behind what has come if there is no more. */
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

  void say(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void endSending() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SSLSession session() {
    return ((SSLSocket) socket).getSession();
  }

  Optional<String> certificate() {
    try {
      return Optional.of(session().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reset() {
    try {
      wire.setSoLinger(true, 0);
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
