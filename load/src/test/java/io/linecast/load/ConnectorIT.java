package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectorIT {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @Test
  void shouldLeaveNothingOpenWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    assertRefused(nobody); // opens what Java opens once
    long before = descriptors();

    for (int i = 0; i < 5; i++) {
      assertRefused(nobody);
    }

    assertThat(descriptors()).isEqualTo(before);
  }

  private static void assertRefused(InetSocketAddress target) {
    assertThatThrownBy(() -> Connector.connect(target, 20))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("refused");
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.count();
    }
  }
}
