package io.linecast.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.linecast.cli.ServerStatus.Channel;
import io.linecast.cli.ServerStatus.Client;
import io.linecast.cli.ServerStatus.Closed;
import io.linecast.cli.ServerStatus.Journal;
import io.linecast.cli.ServerStatus.Latency;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Reads a status. Forgiving, because the server may be another version: what is missing or of
 * another kind is unknown, what it says besides is passed over.
 */
final class StatusJson {

  private StatusJson() {}

  /** The status; empty if it is none, and whoever has sent it thus no linecast server. */
  static Optional<ServerStatus> parse(String json) {
    try {
      JsonReader reader = new JsonReader(new StringReader(json));
      reader.setStrictness(Strictness.STRICT);
      return JsonParser.parseReader(reader) instanceof JsonObject status
              && status.get("channels") instanceof JsonArray
          ? Optional.of(status(status))
          : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static ServerStatus status(JsonObject status) {
    return new ServerStatus(
        text(status, "version"),
        number(status, "uptimeSeconds"),
        isSet(status, "draining"),
        isSet(status, "overloaded"),
        numbers(object(status, "connections")),
        numbers(object(status, "limited")),
        list(status, "channels", StatusJson::channel),
        list(status, "slowest", StatusJson::client),
        list(status, "closed", StatusJson::closed));
  }

  private static Channel channel(JsonObject channel) {
    JsonObject latency = object(channel, "deliveryLatencyMillis");
    return new Channel(
        text(channel, "name"),
        number(channel, "linesPerSecond"),
        number(channel, "deliveriesPerSecond"),
        number(channel, "clients"),
        number(channel, "keptBytes"),
        number(channel, "windowBytes"),
        number(channel, "lagBytesMax"),
        new Latency(number(latency, "p50"), number(latency, "p99"), number(latency, "max")),
        journal(object(channel, "journal")));
  }

  private static Journal journal(JsonObject journal) {
    boolean inTrouble = journal.has("working") && !isSet(journal, "working");
    return new Journal(
        text(journal, "kind"),
        inTrouble ? Optional.of(text(journal, "trouble")) : Optional.empty(),
        number(journal, "waitingBytes"),
        number(journal, "lagLines"));
  }

  private static Client client(JsonObject client) {
    return new Client(
        text(client, "address"),
        text(client, "wire"),
        text(client, "channel"),
        number(client, "lagLines"),
        number(client, "lagBytes"),
        number(client, "lagMillis"),
        number(client, "sendQueueBytes"));
  }

  private static Closed closed(JsonObject closed) {
    return new Closed(
        text(closed, "at"), text(closed, "address"), text(closed, "wire"), text(closed, "reason"));
  }

  private static <T> List<T> list(JsonObject from, String name, Function<JsonObject, T> read) {
    return from.get(name) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .map(read)
            .toList()
        : List.of();
  }

  private static JsonObject object(JsonObject from, String name) {
    return from.get(name) instanceof JsonObject object ? object : new JsonObject();
  }

  private static Map<String, OptionalDouble> numbers(JsonObject from) {
    Map<String, OptionalDouble> numbers = new LinkedHashMap<>();
    from.keySet().forEach(name -> numbers.put(SafeText.of(name), number(from, name)));
    return numbers;
  }

  private static boolean isSet(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value instanceof JsonPrimitive flag && flag.isBoolean() && flag.getAsBoolean();
  }

  private static String text(JsonObject from, String name) {
    JsonElement value = from.get(name);
    return value instanceof JsonPrimitive words && !words.getAsString().isEmpty()
        ? SafeText.of(words.getAsString())
        : Figures.UNKNOWN;
  }

  private static OptionalDouble number(JsonObject from, String name) {
    JsonElement value = from.get(name);
    if (value instanceof JsonPrimitive digits && digits.isNumber()) {
      double number = digits.getAsDouble();
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
    return OptionalDouble.empty();
  }
}
