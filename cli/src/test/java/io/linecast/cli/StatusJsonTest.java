package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.cli.ServerStatus.Channel;
import io.linecast.cli.ServerStatus.Client;
import io.linecast.cli.ServerStatus.Closed;
import io.linecast.cli.ServerStatus.Journal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusJsonTest {

  @Test
  void shouldReadWhatAServerSays() {
    ServerStatus status = StatusSamples.status(StatusSamples.BUSY);
    assertThat(status.version()).isEqualTo("1.2.3");
    assertThat(status.uptimeSeconds()).hasValue(273_900);
    assertThat(status.connections())
        .containsEntry("plain", OptionalDouble.of(3_999))
        .containsOnlyKeys("plain", "acknowledged", "websocket", "events", "http");
    Channel main = status.channels().getFirst();
    assertThat(main.name()).isEqualTo("main");
    assertThat(main.linesPerSecond()).hasValue(40_000);
    assertThat(main.deliveriesPerSecond()).hasValue(160e6);
    assertThat(main.clients()).hasValue(4_268);
    assertThat(main.keptBytes()).hasValue(67_004_006);
    assertThat(main.windowBytes()).hasValue(67_108_864);
    assertThat(main.lagBytesMax()).hasValue(1_300_000);
    assertThat(main.latency().p50Millis()).hasValue(0.412);
    assertThat(main.latency().p99Millis()).hasValue(38);
    assertThat(main.latency().maxMillis()).hasValue(1_700);
    assertThat(main.journal())
        .isEqualTo(
            new Journal(
                "sqlite", Optional.empty(), OptionalDouble.of(1536), OptionalDouble.of(12)));
    Client slowest = status.slowest().getFirst();
    assertThat(slowest.address()).isEqualTo("192.0.2.17:41000");
    assertThat(slowest.wire()).isEqualTo("plain");
    assertThat(slowest.channel()).isEqualTo("main");
    assertThat(slowest.lagLines()).hasValue(18_000);
    assertThat(slowest.lagBytes()).hasValue(1_300_000);
    assertThat(slowest.lagMillis()).hasValue(840.5);
    assertThat(slowest.sendQueueBytes()).hasValue(1_024);
    assertThat(status.closed().getFirst())
        .isEqualTo(new Closed("2026-01-31T11:59:00Z", "198.51.100.9:52000", "plain", "slow"));
  }

  @Test
  void shouldKnowWhatTheServerDoesNotKnow() {
    ServerStatus status = StatusSamples.status(StatusSamples.BUSY);
    Channel weather = status.channels().getLast();
    assertThat(weather.linesPerSecond()).isEmpty();
    assertThat(weather.latency().p99Millis()).isEmpty();
    assertThat(status.slowest().get(1).sendQueueBytes()).isEmpty();
    assertThat(status.closed().get(1).address()).isEqualTo("-");
  }

  @Test
  void shouldTakeAnotherVersionsWordsAsFarAsItUnderstandsThem() {
    ServerStatus status =
        StatusSamples.status(
            """
            {"version":7,"uptimeSeconds":"long","draining":"yes","overloaded":true,"new":{"a":[1]},
             "connections":[],"slowest":{},"closed":null,
             "channels":[1,null,{"clients":1e999,"name":["x"],"deliveryLatencyMillis":3}]}
            """);
    assertThat(status.version()).isEqualTo("7");
    assertThat(status.uptimeSeconds()).isEmpty();
    assertThat(status.draining()).isFalse();
    assertThat(status.overloaded()).isTrue();
    assertThat(status.connections()).isEmpty();
    assertThat(status.slowest()).isEmpty();
    assertThat(status.closed()).isEmpty();
    assertThat(status.channels()).hasSize(1);
    assertThat(status.channels().getFirst().name()).isEqualTo("-");
    assertThat(status.channels().getFirst().clients()).isEmpty();
  }

  @Test
  void shouldMakeItsWordsHarmless() {
    ServerStatus status =
        StatusSamples.status(
            """
            {"version":"\\u001b[2J","connections":{"\\u009b1m":1},"channels":[{"name":"a\\nb"}]}
            """);
    assertThat(status.version()).isEqualTo("␛[2J");
    assertThat(status.connections()).containsOnlyKeys("\uFFFD1m");
    assertThat(status.channels().getFirst().name()).isEqualTo("a␊b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "null",
        "[]",
        "7",
        "{}",
        "{\"channels\":{}}",
        "{\"channels\":[]",
        "{channels:[]}",
      })
  void shouldNotTakeForAStatusWhatIsNone(String json) {
    assertThat(StatusJson.parse(json)).isEmpty();
  }

  @Test
  void shouldNotFallOverWhatIsNestedWithoutEnd() {
    assertThat(StatusJson.parse("[".repeat(1_000_000))).isEmpty();
  }
}
