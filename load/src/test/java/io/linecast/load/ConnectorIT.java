package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectorIT {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** More than whatever else goes on in this process opens or closes meanwhile. */
  private static final int ATTEMPTS = 100;

  @Test
  void shouldLeaveNothingOpenWhereNobodyListens() throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      // Bound is not listening, and nobody else can listen there meanwhile.
      InetSocketAddress nobody =
          new InetSocketAddress(bound.getLocalAddress(), bound.getLocalPort());
      assertRefused(nobody); // opens what Java opens once
      long before = descriptors();

      for (int i = 0; i < ATTEMPTS; i++) {
        assertRefused(nobody);
      }

      assertThat(descriptors()).as("not one more per attempt").isLessThan(before + ATTEMPTS / 2);
    }
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
