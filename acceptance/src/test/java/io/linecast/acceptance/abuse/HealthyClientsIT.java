package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tells whether an attack does harm notices it. */
@BlackBox
class HealthyClientsIT {

  @Test
  void shouldNoticeASenderThatIsCutOff() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Socket sender = new Socket(server.host(), server.port());
        HealthyClients healthy = new HealthyClients(sender, List.of(plain(server)))) {
      healthy.assertUnharmed();
      sender.shutdownOutput();
      assertThatThrownBy(healthy::assertUnharmed)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("trouble of the sender");
    }
  }

  @Test
  void shouldNoticeAListenerThatIsCutOff() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.usual();
        Socket sender = new Socket(server.host(), server.port())) {
      HealthyListener.Wire wire = plain(server);
      try (HealthyClients healthy = new HealthyClients(sender, List.of(wire))) {
        healthy.assertUnharmed();
        assertThat(healthy.longestWait()).isPositive();
        wire.socket().shutdownInput();
        assertThatThrownBy(healthy::assertUnharmed)
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("trouble on plain");
      }
    }
  }

  private static HealthyListener.Wire plain(ServerUnderTest server) throws IOException {
    return new HealthyListener.Wire("plain", new Socket(server.host(), server.port()), "", "");
  }
}
