package io.linecast.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Statuses as servers tell them, for tests. */
final class StatusSamples {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  static final String EMPTY = "{\"channels\":[]}";

  static final String BUSY =
      """
      {"version":"1.2.3","uptimeSeconds":273900,"draining":false,"overloaded":false,
       "connections":{"plain":3999,"acknowledged":212,"websocket":57,"events":2,"http":1},
       "channels":[
        {"name":"main","epoch":"e1","next":1000000,"oldest":1,"linesPerSecond":40000,
         "deliveriesPerSecond":160000000,"windowBytes":67108864,"keptBytes":67004006,
         "clients":4268,"lagBytesMax":1300000,
         "deliveryLatencyMillis":{"p50":0.412,"p99":38,"max":1700},
         "journal":{"kind":"sqlite","working":true,"trouble":null,"waitingBytes":1536,
         "lagLines":12,"failures":1,"oldest":1}},
        {"name":"weather","epoch":"e2","next":1,"oldest":1,"linesPerSecond":null,
         "deliveriesPerSecond":null,"windowBytes":67108864,"keptBytes":0,"clients":3,
         "lagBytesMax":0,"deliveryLatencyMillis":null,
         "journal":{"kind":"memory","working":true,"trouble":null,"waitingBytes":0,
         "lagLines":0,"failures":0,"oldest":null}}],
       "slowest":[
        {"address":"192.0.2.17:41000","wire":"plain","channel":"main","lagLines":18000,
         "lagBytes":1300000,"lagMillis":840.5,"sendQueueBytes":1024},
        {"address":"192.0.2.18:41000","wire":"events","channel":"main","lagLines":20000,
         "lagBytes":1200000,"lagMillis":70000,"sendQueueBytes":null},
        {"address":"192.0.2.16:41000","wire":"websocket","channel":"weather","lagLines":5,
         "lagBytes":300,"lagMillis":1,"sendQueueBytes":262144}],
       "closed":[
        {"address":"198.51.100.9:52000","wire":"plain","reason":"slow","at":"2026-01-31T11:59:00Z"},
        {"address":null,"wire":"events","reason":"idle","at":"2026-01-30T08:00:00Z"},
        {"address":"198.51.100.7:52000","wire":"plain","reason":"left","at":"2026-01-31T11:59:30Z"}]}
      """;

  private StatusSamples() {}

  static ServerStatus status(String json) {
    return StatusJson.parse(json).orElseThrow();
  }

  static TopView view(String json) {
    StatusNews news = new StatusNews(status(json), NOW, Optional.empty());
    return TopView.of("http://127.0.0.1:8234", news, ZoneOffset.UTC);
  }
}
