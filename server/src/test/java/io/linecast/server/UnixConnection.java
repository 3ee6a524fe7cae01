package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client of a unix socket; its test has a time limit. For one thread. */
record UnixConnection(SocketChannel socket) implements AutoCloseable {

  static UnixConnection to(Path path) throws IOException {
    return new UnixConnection(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  void send(String words) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(words.getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /** Reads on until something has come, and nothing behind it. */
  String readThrough(String awaited) throws IOException {
    StringBuilder heard = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (heard.indexOf(awaited) < 0) {
      assertThat(socket.read(one.clear())).as("end after '%s'", heard).isPositive();
      heard.append((char) one.get(0));
    }
    return heard.toString();
  }

  /** What comes until the server ends the connection in an orderly way. */
  byte[] readToEnd() throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
    while (socket.read(bytes.clear()) >= 0) {
      heard.write(bytes.array(), 0, bytes.position());
    }
    return heard.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
