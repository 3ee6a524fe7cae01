package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.server.LinecastServer.Listening;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.StartException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The server inside another program. */
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"EPOLL", "NIO"})
class LinecastServerIT {

  private static final int PATIENCE_MILLIS = 30_000;

  @Parameter private Transport transport;

  @Test
  void shouldServeUntilItIsClosed() throws IOException {
    // With a history it does not matter whether bob has joined before ann speaks.
    try (var server = LinecastServer.start(anyPort().historyLines(1).build());
        Socket ann = connect(server.port());
        Socket bob = connect(server.port())) {
      BufferedReader bobs = reader(bob);
      ann.getOutputStream().write("hello\n".getBytes(UTF_8));
      assertThat(bobs.readLine()).isEqualTo("hello");

      server.stopSoon();

      assertThat(bobs.readLine()).as("end of stream").isNull();
      FinalFigures figures = server.awaitStopped();
      assertThat(figures.channels()).hasSize(1);
      assertThat(figures.channels().getFirst().acceptedLines()).isEqualTo(1);
      assertThat(figures.channels().getFirst().account().balances()).isTrue();
    }
  }

  @Test
  void shouldSendAWholeBacklogToAClientThatHasEndedItsSending() throws IOException {
    byte[] lines =
        "a line of a backlog that no socket holds at once\n".repeat(100_000).getBytes(UTF_8);
    try (var server = LinecastServer.start(anyPort().historyLines(100_000).build())) {
      try (Socket talker = connect(server.port())) {
        talker.getOutputStream().write(lines);
        talker.shutdownOutput();
        assertThat(talker.getInputStream().read()).as("end: all is accepted").isEqualTo(-1);
      }
      try (Socket listener = new Socket()) {
        listener.setReceiveBufferSize(8 * 1024);
        listener.setSoTimeout(PATIENCE_MILLIS);
        listener.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        listener.shutdownOutput();

        assertThat(listener.getInputStream().readAllBytes()).isEqualTo(lines);
      }
    }
  }

  @Test
  void shouldSayWhereItListens() {
    ServerOptions options = anyPort().lines(List.of(new LinePort(0, "ships"))).build();
    try (var server = LinecastServer.start(options)) {
      assertThat(server.listening())
          .extracting(Listening::channel)
          .containsExactly("main", "ships");
      assertThat(server.port()).isEqualTo(server.listening().getFirst().address().getPort());
      assertThat(server.transport()).isEqualTo(transport);
    }
  }

  @Test
  void shouldSayThatThePortIsInUse() {
    try (var server = LinecastServer.start(anyPort().build())) {
      ServerOptions same = anyPort().port(server.port()).build();
      assertThatThrownBy(() -> LinecastServer.start(same))
          .isInstanceOfSatisfying(
              StartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_IN_USE))
          .hasMessageContaining(String.valueOf(server.port()));
    }
  }

  @Test
  void shouldGiveItsPortBackWhenOneOfSeveralIsInUse() throws IOException {
    try (var server = LinecastServer.start(anyPort().build())) {
      ServerOptions options = anyPort().lines(List.of(new LinePort(server.port(), "x"))).build();
      assertThatThrownBy(() -> LinecastServer.start(options)).isInstanceOf(StartException.class);
      try (Socket stillServed = connect(server.port())) {
        assertThat(stillServed.isConnected()).isTrue();
      }
    }
  }

  @Test
  void shouldBeStoppedTwiceWithoutHarm() {
    try (LinecastServer server = LinecastServer.start(anyPort().build())) {
      server.stopSoon();
      server.stopSoon();
      assertThat(server.awaitStopped().channels()).hasSize(1);
      assertThat(server.connections()).isZero();
    }
  }

  private ServerOptionsBuilder anyPort() {
    return ServerOptions.builder().port(0).transport(transport).eventLoops(1);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }
}
