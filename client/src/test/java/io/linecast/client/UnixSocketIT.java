package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of a unix socket shares with one of TCP, over a real one. */
class UnixSocketIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(100);

  @TempDir private Path folder;
  private Path path;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    path = folder.resolve("lines");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), 1);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Wire connect() throws IOException {
    return Wire.connect(Address.Server.unix(path), Optional.empty(), PATIENCE);
  }

  private static CompletableFuture<IOException> failure(InputStream input) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            throw new AssertionError("it has said " + input.read());
          } catch (IOException e) {
            return e;
          }
        },
        Connecting::start);
  }

  @Test
  void shouldMoveMoreThanTheSystemKeepsInBothDirections() throws IOException {
    byte[] much = new byte[3 << 20];
    new Random(1).nextBytes(much);
    try (Wire wire = connect();
        SocketChannel peer = server.accept()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> sendAndEnd(wire, much), Connecting::start);
      assertThat(Channels.newInputStream(peer).readAllBytes()).isEqualTo(much);
      Connecting.within(sent);
      assertThat(wire.isSendingEnded()).isTrue();
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answerAndClose(peer, much), Connecting::start);
      assertThat(wire.input().readAllBytes()).isEqualTo(much);
      Connecting.within(answered);
    }
  }

  private static void sendAndEnd(Wire wire, byte[] much) {
    try {
      wire.output().write(much);
      wire.endSending();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void answerAndClose(SocketChannel peer, byte[] much) {
    try (OutputStream output = Channels.newOutputStream(peer)) {
      output.write(much);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldEndAReadInTimeAndReadOnBehindIt() throws IOException {
    try (Wire wire = connect();
        SocketChannel peer = server.accept()) {
      wire.readWithin(MOMENT);
      assertThatThrownBy(() -> wire.input().read()).isInstanceOf(SocketTimeoutException.class);
      peer.write(ByteBuffer.wrap(new byte[] {(byte) 200}));
      wire.readWithin(PATIENCE);
      assertThat(wire.input().read()).isEqualTo(200);
    }
  }

  @Test
  void shouldWakeAReaderWhenItIsClosed() throws IOException {
    Wire wire = connect();
    try (wire;
        SocketChannel peer = server.accept()) {
      CompletableFuture<IOException> end = failure(wire.input());
      close(wire);
      assertThat(Connecting.within(end)).isInstanceOf(SocketException.class);
      assertThat(wire.isClosed()).isTrue();
      assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThatThrownBy(() -> wire.output().write(1)).isInstanceOf(SocketException.class);
    }
  }

  private static void close(Closeable early) throws IOException {
    early.close();
  }

  @Test
  void shouldLeaveAnInterruptToTheProgram() throws IOException {
    try (Wire wire = connect();
        SocketChannel peer = server.accept()) {
      Thread.currentThread().interrupt();
      wire.readWithin(MOMENT);
      assertThatThrownBy(() -> wire.input().read()).isInstanceOf(SocketTimeoutException.class);
      assertThat(Thread.interrupted()).isTrue();
      peer.write(ByteBuffer.wrap(new byte[] {1}));
      wire.readWithin(PATIENCE);
      assertThat(wire.input().read()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotWaitForEverForAServerWithAFullQueue() throws IOException {
    List<Wire> waiting = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              while (waiting.size() < 100) {
                waiting.add(
                    Wire.connect(
                        Address.Server.unix(path), Optional.empty(), Duration.ofSeconds(3)));
              }
            })
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("in time");
    assertThat(waiting).isNotEmpty();
    waiting.forEach(Wire::close);
  }

  @Test
  void shouldSayWhyThereIsNoConnection() throws IOException {
    server.close();
    assertThatThrownBy(this::connect)
        .isInstanceOf(ConnectException.class)
        .hasMessage("nobody listens on it");
    Files.delete(path);
    assertThatThrownBy(this::connect).hasMessage("there is no such unix socket");
    path = folder.resolve("x".repeat(200));
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    path = Files.writeString(folder.resolve("file"), "precious");
    assertThatThrownBy(this::connect).hasMessage("nobody listens on it");
  }

  @Test
  void shouldSendAndReceivePlainLines() throws IOException {
    try (PlainClient client = PlainClient.connect(path, PATIENCE);
        SocketChannel peer = server.accept()) {
      client.send("one");
      client.endSending();
      assertThat(Channels.newInputStream(peer).readAllBytes()).asString().isEqualTo("one\n");
      answerAndClose(peer, new byte[] {'t', 'w', 'o'});
      assertThat(client.receive())
          .hasValueSatisfying(l -> assertThat(l).asString().isEqualTo("two"));
      assertThat(client.receive()).isEmpty();
    }
  }
}
