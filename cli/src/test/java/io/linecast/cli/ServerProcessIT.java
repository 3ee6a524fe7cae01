package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.JournalOptions;
import io.linecast.core.SlowPolicy;
import io.linecast.server.AccessOptions;
import io.linecast.server.AckOptions;
import io.linecast.server.LimitOptions;
import io.linecast.server.ReachOptions;
import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.ServerOptions;
import io.linecast.server.ServerOptions.LinePort;
import io.linecast.server.StartException;
import io.linecast.server.TlsOptions;
import io.linecast.server.TooLong;
import io.linecast.server.Transport;
import io.linecast.server.WebOptions;
import io.linecast.server.access.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServerProcessIT {

  private static final WebOptions WEB =
      new WebOptions(
          OptionalInt.of(10), 11, 14, Duration.ofSeconds(12), 13, List.of("host"), List.of("*"));

  private static final ReachOptions REACH =
      new ReachOptions(
          List.of(new UnixSocket("/run/a", "ships"), new UnixSocket("/run/b=c", "main")),
          0600,
          Optional.of("ann:users"),
          List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::1")));
  private static final LimitOptions LIMITS =
      new LimitOptions(
          OptionalInt.of(15),
          16,
          OptionalInt.of(17),
          18,
          19,
          20,
          Duration.ofMillis(21),
          Duration.ofMillis(22),
          23 << 20);

  @Test
  void shouldListenOnceItIsStartedAndEndWhenItIsClosed() throws IOException {
    ServerProcess server = ServerProcess.start(ServerOptions.builder().port(0).build());
    try (server) {
      assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        assertThat(client.isConnected()).isTrue();
      }
    }
    assertThat(server.handle().isAlive()).isFalse();
  }

  @Test
  void shouldSayThatItDidNotStart() throws IOException {
    try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerOptions options = ServerOptions.builder().port(taken.getLocalPort()).build();
      assertThatThrownBy(() -> ServerProcess.start(options))
          .isInstanceOfSatisfying(
              StartException.class,
              e -> assertThat(e.reason()).isEqualTo(StartException.Reason.PORT_IN_USE))
          .hasMessageContaining("code 3");
    }
  }

  @Test
  void shouldHandOverEveryOption() {
    ServerOptions options =
        new ServerOptions(
            List.of("::1", "127.0.0.1"),
            0,
            List.of(new LinePort(2, "ships"), new LinePort(3, "planes")),
            8 << 20,
            100,
            TooLong.CLOSE,
            5,
            SlowPolicy.STALL,
            true,
            true,
            7,
            Duration.ofSeconds(3),
            2,
            Transport.NIO,
            Duration.ofMillis(4),
            new AckOptions(true, Duration.ofSeconds(5), 6, 8 << 10, 9),
            WEB,
            TlsOptions.defaults(),
            AccessOptions.defaults(),
            LIMITS,
            REACH,
            JournalOptions.memory());
    ServeCommand command = new ServeCommand();
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);

    line.parseArgs(ServerArguments.of(options).stream().skip(1).toArray(String[]::new));

    assertThat(command.options()).isEqualTo(options);
  }
}
