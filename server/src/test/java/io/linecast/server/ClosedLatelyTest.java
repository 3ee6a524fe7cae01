package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.CloseReason;
import io.linecast.server.ClosedLately.Closed;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLatelyTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final ClosedLately lately = new ClosedLately(() -> NOON);

  @Test
  void shouldRememberNobodyAtFirst() {
    assertThat(lately.list()).isEmpty();
  }

  @Test
  void shouldRememberWhoWhyAndWhen() {
    close(7);

    Closed closed = lately.list().getFirst();
    assertThat(closed.address()).isEqualTo(address(7));
    assertThat(closed.wire()).isEqualTo(Wire.EVENTS);
    assertThat(closed.reason()).isEqualTo(CloseReason.SLOW);
    assertThat(closed.at()).isEqualTo(NOON);
  }

  @Test
  void shouldRememberTheLastTwentyTheLastOneFirst() {
    IntStream.range(0, 75).forEach(this::close);

    assertThat(lately.list())
        .extracting(closed -> ((InetSocketAddress) closed.address()).getPort())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> 74 - i).toList());
  }

  @Test
  void shouldRememberTheLastWhenThousandsAreClosedAtOnceByManyThreads() {
    int each = 10_000;
    int threads = 4;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        pool.execute(() -> IntStream.range(0, each).forEach(this::close));
      }
    }

    List<Long> numbers = lately.list().stream().map(Closed::number).toList();
    long last = (long) each * threads - 1;
    assertThat(numbers)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> last - i).toList());
  }

  private void close(int port) {
    lately.add(address(port), Wire.EVENTS, CloseReason.SLOW);
  }

  private static InetSocketAddress address(int port) {
    return InetSocketAddress.createUnresolved("client", port);
  }
}
