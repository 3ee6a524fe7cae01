package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server says of itself, of its clients and of those it had. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record StatusIT(Transport transport) {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String LINES = ("x".repeat(1_000) + "\n").repeat(1_000);

  private ServerUnderTest start(String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    System.arraycopy(
        new String[] {"--web-port", "0", "--transport", transport.option()}, 0, all, 0, 4);
    return ServerUnderTest.start(all);
  }

  @Test
  void shouldCountConnectionsByWireAndForgetThoseThatHaveGone() {
    try (ServerUnderTest server = start()) {
      try (LineClient plain = server.connect();
          LineClient acknowledged = server.connect();
          MessageClient messages = MessageClient.plain(server, "/ws");
          MessageClient linecast = MessageClient.acknowledged(server, "/ws");
          EventStream events = EventStream.open(server, "/lines");
          RawHttp text = RawHttp.connect(server).request("GET /lines")) {
        acknowledged.send("LINECAST/1 by-hand-1");
        assertThat(acknowledged.hear()).startsWith("LINECAST/1 by-hand-1 ok");
        text.readHead();

        // The one that asks is one of those of HTTP.
        awaitConnections(server, 1, 1, 2, 1, 2);
        assertThat(number(Status.of(server).channel("main"), "clients")).isEqualTo(6);
        assertThat(List.of(plain, messages, linecast, events)).doesNotContainNull();
      }
      awaitConnections(server, 0, 0, 0, 0, 1);
    }
  }

  private static void awaitConnections(ServerUnderTest server, int... byWire) {
    String expected =
        "{\"plain\":%d,\"acknowledged\":%d,\"websocket\":%d,\"events\":%d,\"http\":%d}"
            .formatted(byWire[0], byWire[1], byWire[2], byWire[3], byWire[4]);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Status.of(server).connections()).isEqualTo(expected));
  }

  private static long number(JsonObject object, String field) {
    return object.get(field).getAsLong();
  }

  @Test
  void shouldTellOfEachChannel() {
    try (ServerUnderTest server = start("--lines", "0=ships", "--window", "8m")) {
      long last = new Posts(server).accepted("/channels/ships/lines", "one\ntwo\n").last();
      Status status = Status.of(server);
      JsonObject ships = status.channel("ships");

      assertThat(status.json().keySet())
          .containsExactly(
              "version",
              "uptimeSeconds",
              "draining",
              "overloaded",
              "connections",
              "limited",
              "channels",
              "slowest",
              "closed");
      assertThat(status.json().get("version").getAsString()).startsWith("0.");
      assertThat(status.is("draining")).isFalse();
      assertThat(status.is("overloaded")).isFalse();
      assertThat(number(ships, "next")).isEqualTo(last + 1);
      assertThat(number(ships, "oldest")).isEqualTo(1);
      assertThat(number(ships, "windowBytes")).isEqualTo(8 << 20);
      assertThat(number(ships, "keptBytes")).isPositive();
      assertThat(number(ships, "clients")).isZero();
      assertThat(ships.get("epoch").getAsString()).isNotEmpty();
      assertThat(number(status.channel("main"), "next")).isEqualTo(1);
    }
  }

  @Test
  void shouldTellHowLongDeliveriesTake() {
    try (ServerUnderTest server = start();
        LineClient reader = server.connect()) {
      awaitClients(server, 1);
      assertThat(Status.of(server).channel("main").get("deliveryLatencyMillis").isJsonNull())
          .isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                new Posts(server).accepted("/lines", "one\n");
                assertThat(reader.hear()).isEqualTo("one");
                JsonObject channel = Status.of(server).channel("main");
                assertThat(channel.get("deliveryLatencyMillis").isJsonObject()).isTrue();
                JsonObject latency = channel.getAsJsonObject("deliveryLatencyMillis");
                assertThat(latency.get("p99").getAsDouble()).isPositive();
              });
    }
  }

  @Test
  void shouldShowAClientThatDoesNotRead() {
    try (ServerUnderTest server = start();
        LineClient stuck = server.connectWithSmallBuffer()) {
      awaitClients(server, 1);
      for (int i = 0; i < 5; i++) {
        new Posts(server).accepted("/lines", LINES);
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(Status.of(server).slowest()).hasSize(1));
      Status status = Status.of(server);
      JsonObject slowest = status.slowest().getFirst();

      assertThat(slowest.get("address").getAsString()).isEqualTo(stuck.localAddress());
      assertThat(slowest.get("wire").getAsString()).isEqualTo("plain");
      assertThat(slowest.get("channel").getAsString()).isEqualTo("main");
      assertThat(number(slowest, "lagLines")).isBetween(1L, 5_000L);
      assertThat(number(slowest, "lagBytes")).isBetween(1_000L, 5L * LINES.length());
      assertThat(slowest.get("lagMillis").getAsDouble()).isPositive();
      assertThat(number(status.channel("main"), "lagBytesMax"))
          .isEqualTo(number(slowest, "lagBytes"));
      if (transport == Transport.EPOLL) {
        assertThat(number(slowest, "sendQueueBytes")).isPositive();
      } else {
        assertThat(slowest.get("sendQueueBytes").isJsonNull()).isTrue();
      }
    }
  }

  @Test
  void shouldShowOnWhichWireItIsThatAClientDoesNotRead() {
    try (ServerUnderTest server = start();
        LineClient acknowledged = server.connectWithSmallBuffer();
        RawHttp text = RawHttp.connect(server, 8 << 10).request("GET /lines");
        RawHttp events =
            RawHttp.connect(server, 8 << 10).request("GET /lines", "Accept: text/event-stream")) {
      acknowledged.send("LINECAST/1 by-hand-1");
      awaitClients(server, 3);
      for (int i = 0; i < 5; i++) {
        new Posts(server).accepted("/lines", LINES);
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Status.of(server).slowest())
                      .extracting(
                          client -> client.get("wire").getAsString(),
                          client -> client.get("address").getAsString())
                      .containsExactlyInAnyOrder(
                          tuple("acknowledged", acknowledged.localAddress()),
                          tuple("http", text.localAddress()),
                          tuple("events", events.localAddress())));
    }
  }

  private static void awaitClients(ServerUnderTest server, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(number(Status.of(server).channel("main"), "clients")).isEqualTo(count));
  }

  @Test
  void shouldRememberWhoWasClosedAndWhyAndNotWhoWasAnswered() {
    try (ServerUnderTest server = start("--window", "1m");
        LineClient stuck = server.connectWithSmallBuffer()) {
      awaitClients(server, 1);
      Instant before = Instant.now();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                new Posts(server).accepted("/lines", LINES);
                return !Status.of(server).closed().isEmpty();
              });
      List<JsonObject> closed = Status.of(server).closed();

      assertThat(closed).hasSize(1);
      assertThat(closed.getFirst().get("address").getAsString()).isEqualTo(stuck.localAddress());
      assertThat(closed.getFirst().get("wire").getAsString()).isEqualTo("plain");
      assertThat(closed.getFirst().get("reason").getAsString())
          .isEqualTo("too slow: a whole window behind");
      assertThat(Instant.parse(closed.getFirst().get("at").getAsString()))
          .isBetween(before.minusMillis(1), Instant.now());
    }
  }

  @Test
  void shouldNameWhoeverWasCutOffOnTheWebByItsOwnAddress() {
    try (ServerUnderTest server = start("--request-time", "3s");
        RawHttp silent = RawHttp.connect(server)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Status.of(server).closed())
                      .extracting(closed -> closed.get("address").getAsString())
                      .contains(silent.localAddress()));
      JsonObject closed =
          Status.of(server).closed().stream()
              .filter(its -> its.get("address").getAsString().equals(silent.localAddress()))
              .findFirst()
              .orElseThrow();

      assertThat(closed.get("wire").getAsString()).isEqualTo("http");
      assertThat(closed.get("reason").getAsString()).isEqualTo("idle for too long");
    }
  }
}
