package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client does during a fan-out, and however it goes, costs nobody else anything. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
class ChurnIT {
  private static final int STAYING = 50;
  private static final int SENDERS = 4;
  private static final int JOINERS = 200;
  private static final int LINES_A_DISTURBANCE_MOST = 45;

  static final List<Named<Consumer<LineClient>>> DISTURBANCES =
      List.of(
          Named.of("coming and going", LineClient::close),
          Named.of("coming and resetting", LineClient::reset),
          Named.of("going in mid-line", ChurnIT::goInMidLine),
          Named.of("resetting in mid-line", ChurnIT::resetInMidLine),
          Named.of("half-closing", LineClient::leave),
          Named.of("sending NULs and binary", ChurnIT::sendBinary),
          Named.of("sending an over-long line", ChurnIT::sendOverlong),
          Named.of("sending, reading nothing, resetting", ChurnIT::sendAndReset));

  private static ServerUnderTest server;

  @Parameter Transport transport;

  @BeforeParameterizedClassInvocation
  static void start(Transport transport) {
    server = ServerUnderTest.usual(transport);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("DISTURBANCES")
  void shouldDisturbNobody(Consumer<LineClient> disturbance) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger times = new AtomicInteger();
    try (Crowd crowd = Crowd.joined(server, STAYING);
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      Load load = new Load(crowd.members().subList(0, SENDERS), 250, 500);
      Future<?> disturbing = background.submit(() -> disturb(disturbance, times, over));
      try {
        load.sendEvenly(
            1_000, sent -> sent < LINES_A_DISTURBANCE_MOST * times.get() || disturbing.isDone());
      } finally {
        over.set(true);
      }
      disturbing.get();
      crowd.awaitLines(load::eligible, Duration.ofSeconds(20));
    }
  }

  @Test
  void shouldLetWhoeverJoinsHearEveryLineFromThenOn() {
    try (Crowd crowd = Crowd.joined(server, SENDERS);
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor()) {
      Load load = new Load(List.copyOf(crowd.members()), 1_000, 200);
      Future<?> sending = background.submit(() -> load.sendEvenly(2_000));
      for (int i = 0; i < JOINERS; i++) {
        crowd.join();
      }
      await().until(sending::isDone);
      Fence.gather(server, crowd.members());
      assertThat(crowd.faults()).isEmpty();
      assertThat(crowd.members()).noneMatch(CrowdMember::isGone);
    }
  }

  private static void disturb(
      Consumer<LineClient> disturbance, AtomicInteger times, AtomicBoolean over) {
    while (!over.get()) {
      try (LineClient client = server.connect()) {
        disturbance.accept(client);
        times.incrementAndGet();
      }
    }
  }

  private static void goInMidLine(LineClient client) {
    client.sendBytes("noise that ends in mid-li".getBytes(UTF_8));
    client.close();
  }

  private static void resetInMidLine(LineClient client) {
    client.sendBytes("noise that ends in mid-li".getBytes(UTF_8));
    client.reset();
  }

  private static void sendBinary(LineClient client) {
    byte[] bytes = new byte[5_000];
    System.arraycopy(Transcript.NOISE_PREFIX.getBytes(UTF_8), 0, bytes, 0, 5);
    Arrays.fill(bytes, 1_000, 2_000, (byte) 0xff);
    bytes[bytes.length - 1] = '\n';
    client.sendBytes(bytes);
    client.close();
  }

  private static void sendOverlong(LineClient client) {
    byte[] bytes = new byte[200_000];
    Arrays.fill(bytes, (byte) 'x');
    bytes[bytes.length - 1] = '\n';
    client.sendUntilClosed(bytes, 1);
    client.close();
  }

  private static void sendAndReset(LineClient client) {
    client.send("noise that is whole", "noise, more of it", "noise un");
    client.reset();
  }
}
