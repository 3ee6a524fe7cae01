package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Unchanged;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of those who send while senders wait. */
@BlackBox
class HeldSendersIT {

  /** More than sockets hold. */
  private static final int MEGABYTES_MAX = 64;

  @ParameterizedTest
  @ValueSource(strings = {"", "linecast.v1"})
  void shouldNotReadOnWhoeverSendsAFrameWithItsHandshake(String subprotocol) {
    try (HeldServer held = HeldServer.start();
        RawHttp client = held.connect()) {
      client.send(RawHttp.handshake("/ws", subprotocol) + RawHttp.frame("SEND 1 early"));
      client.readHead();
      String megabyte = RawHttp.frame("y".repeat(1_000)).repeat(1_000);
      AtomicInteger sent = new AtomicInteger();
      Thread.ofVirtual()
          .start(
              () -> {
                while (sent.get() < MEGABYTES_MAX && client.trySend(megabyte)) {
                  sent.incrementAndGet();
                }
              });

      await("that nothing moves")
          .during(Duration.ofMillis(800))
          .atMost(Duration.ofSeconds(20))
          .until(new Unchanged(sent::get));
      assertThat(sent).as("megabytes that were read").hasValueLessThan(MEGABYTES_MAX);
    }
  }
}
