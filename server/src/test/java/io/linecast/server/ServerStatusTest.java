package io.linecast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.MemoryJournal;
import io.linecast.server.LatencyWindow.Latency;
import io.linecast.server.ServerStatus.ChannelStatus;
import io.linecast.server.ServerStatus.ClosedConnection;
import io.linecast.server.ServerStatus.JournalStatus;
import io.linecast.server.ServerStatus.SlowClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerStatusTest {

  private static final String GOLDEN =
      """
      {"version":"0.1.0","uptimeSeconds":90,"draining":false,"overloaded":true,
      "connections":{"plain":1,"acknowledged":2,"websocket":3,"events":4,"http":5},
      "limited":{"max-per-address":7,"max-memory":0},
      "channels":[
      {"name":"main","epoch":"5f3a","next":1043,"oldest":17,"linesPerSecond":10000,
      "deliveriesPerSecond":40000000000,"windowBytes":67108864,"keptBytes":4194304,"clients":4000,
      "lagBytesMax":1300,"deliveryLatencyMillis":{"p50":0.41,"p99":2.6,"max":17.0},
      "journal":{"kind":"sqlite","working":false,"trouble":"the disk is full","waitingBytes":512,
      "lagLines":3,"failures":2,"oldest":12}},
      {"name":"<ships>","epoch":"60b1","next":1,"oldest":1,"linesPerSecond":null,
      "deliveriesPerSecond":null,"windowBytes":67108864,"keptBytes":0,"clients":0,
      "lagBytesMax":0,"deliveryLatencyMillis":null,
      "journal":{"kind":"memory","working":true,"trouble":null,"waitingBytes":0,"lagLines":0,
      "failures":0,"oldest":null}}],
      "slowest":[
      {"address":"192.0.2.17:41000","wire":"plain","channel":"main","lagLines":18000,
      "lagBytes":1300000,"lagMillis":840.25,"sendQueueBytes":262144},
      {"address":"[2001:db8::7334]:50112","wire":"websocket","channel":"main","lagLines":1,
      "lagBytes":20,"lagMillis":0.0,"sendQueueBytes":null}],
      "closed":[
      {"address":"198.51.100.9:52000","wire":"events","reason":"the client went away",
      "at":"2026-06-01T12:00:00.250Z"}]}
      """;

  @Test
  void shouldHaveExactlyTheShapeThatWasAgreed() {
    ServerStatus status =
        new ServerStatus(
            "0.1.0", 90, false, true, connections(), limited(), channels(), slowest(), closed());

    assertThat(new String(status.json(), UTF_8)).isEqualTo(GOLDEN.replace("\n", ""));
  }

  @Test
  void shouldSayNullOfAVersionThatIsNotKnown() {
    ServerStatus status =
        new ServerStatus(
            null, 0, false, false, Map.of(), Map.of(), List.of(), List.of(), List.of());

    assertThat(new String(status.json(), UTF_8))
        .startsWith("{\"version\":null,\"uptimeSeconds\":0,");
  }

  private static Map<String, Integer> connections() {
    Map<String, Integer> connections = new LinkedHashMap<>();
    for (Wire wire : Wire.values()) {
      connections.put(wire.word(), connections.size() + 1);
    }
    return connections;
  }

  private static Map<String, Long> limited() {
    Map<String, Long> limited = new LinkedHashMap<>();
    limited.put("max-per-address", 7L);
    limited.put("max-memory", 0L);
    return limited;
  }

  private static List<ChannelStatus> channels() {
    long window = 64 << 20;
    Latency latency = new Latency(0.41, 2.6, 17);
    return List.of(
        new ChannelStatus(
            "main",
            "5f3a",
            1_043,
            17,
            10_000L,
            40_000_000_000L,
            window,
            4 << 20,
            4_000,
            1_300,
            latency,
            new JournalStatus("sqlite", false, "the disk is full", 512, 3, 2, 12L)),
        new ChannelStatus(
            "<ships>",
            "60b1",
            1,
            1,
            null,
            null,
            window,
            0,
            0,
            0,
            null,
            JournalStatus.of(new MemoryJournal())));
  }

  private static List<SlowClient> slowest() {
    return List.of(
        new SlowClient("192.0.2.17:41000", "plain", "main", 18_000, 1_300_000, 840.25, 262_144L),
        new SlowClient("[2001:db8::7334]:50112", "websocket", "main", 1, 20, 0, null));
  }

  private static List<ClosedConnection> closed() {
    return List.of(
        new ClosedConnection(
            "198.51.100.9:52000", "events", "the client went away", "2026-06-01T12:00:00.250Z"));
  }
}
