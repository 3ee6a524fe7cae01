package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;

/** A connection to the web port on which bytes are what they are, a char each. For one thread. */
final class RawHttp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Socket socket;
  private final InputStream input;

  private RawHttp(Socket socket, InputStream input) {
    this.socket = socket;
    this.input = input;
  }

  /** A request for a WebSocket; an empty subprotocol is none. */
  static String handshake(String path, String subprotocol) {
    String chosen = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n")
        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + chosen
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  /** A client's frame with a text, masked with zeros. */
  static String frame(String text) {
    int length = text.length();
    String head =
        length < 126
            ? "" + (char) (0x80 | length)
            : "" + (char) (0x80 | 126) + (char) (length >> 8) + (char) (length & 0xff);
    return (char) 0x81 + head + "\0\0\0\0" + text;
  }

  static RawHttp connect(ServerUnderTest server) {
    return connect(server, 0);
  }

  /** Connects with a socket that holds so many bytes unread; 0: as usual. */
  static RawHttp connect(ServerUnderTest server, int receiveBytes) {
    URI web = server.web("/");
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(new InetSocketAddress(web.getHost(), web.getPort()));
      return new RawHttp(socket, socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + web, e);
    }
  }

  /** Its own end of the connection, as the server names it. */
  String localAddress() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Sends bytes. */
  RawHttp send(String chars) {
    try {
      socket.getOutputStream().write(chars.getBytes(ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes that the server may by now not want; whether the connection was still there. */
  boolean trySend(String chars) {
    try {
      socket.getOutputStream().write(chars.getBytes(ISO_8859_1));
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Sends a request without a body, with these headers beside Host. */
  RawHttp request(String line, String... headers) {
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return send(line + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
  }

  /** Ends its own sending. */
  RawHttp halfClose() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes without a word: the server gets a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to, and with, what is awaited. */
  String readThrough(String awaited) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(ISO_8859_1).endsWith(awaited)) {
      int next = next();
      assertThat(next).as("end of the connection after '%s'", read).isNotNegative();
      read.write(next);
    }
    return read.toString(ISO_8859_1);
  }

  /** The head of a response. */
  String readHead() {
    return readThrough("\r\n\r\n");
  }

  /** A response whose length is told: its head and its body. */
  String readResponse() {
    String head = readHead();
    String length = head.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1");
    return head + read(Integer.parseInt(length));
  }

  String read(int bytes) {
    try {
      return new String(input.readNBytes(bytes), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to the end of the connection, orderly or not. */
  String readToEnd() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      input.transferTo(read);
    } catch (SocketException reset) {
      // An end too.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read.toString(ISO_8859_1);
  }

  /** Whether the connection ends in a reset: what came before is not the whole response. */
  boolean endsInReset() {
    try {
      input.transferTo(OutputStream.nullOutputStream());
      return false;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int next() {
    try {
      return input.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
