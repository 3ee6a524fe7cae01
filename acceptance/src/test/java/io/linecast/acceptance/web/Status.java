package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.linecast.acceptance.ServerUnderTest;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a server says of itself. */
record Status(JsonObject json) {

  /** Asks once. */
  static Status of(ServerUnderTest server) {
    try (RawHttp connection = RawHttp.connect(server)) {
      String response = connection.request("GET /api/status").readResponse();
      assertThat(response).startsWith("HTTP/1.1 200 OK\r\n");
      return parse(response.substring(response.indexOf("\r\n\r\n") + 4));
    }
  }

  static Status parse(String text) {
    return new Status(JsonParser.parseString(text).getAsJsonObject());
  }

  long uptimeSeconds() {
    return json.get("uptimeSeconds").getAsLong();
  }

  boolean is(String condition) {
    return json.get(condition).getAsBoolean();
  }

  /** How often a limit was reached, by its option without dashes. */
  long limited(String option) {
    return json.getAsJsonObject("limited").get(option).getAsLong();
  }

  /** How many connections there are on each wire. */
  String connections() {
    return json.get("connections").toString();
  }

  JsonObject channel(String name) {
    return list("channels").stream()
        .filter(channel -> channel.get("name").getAsString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<JsonObject> slowest() {
    return list("slowest");
  }

  List<JsonObject> closed() {
    return list("closed");
  }

  private List<JsonObject> list(String name) {
    return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
