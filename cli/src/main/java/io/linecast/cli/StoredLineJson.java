package io.linecast.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.linecast.sqlite.StoredLine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of a journal as an object of JSON: {@code seq}, {@code time}, {@code publisher}, {@code
 * number} and {@code origin} where there are any, and {@code line}, or {@code base64} if it is no
 * UTF-8. For one thread.
 */
final class StoredLineJson {

  private static final String PUBLISHER = "publisher";
  private static final String NUMBER = "number";
  private static final String ORIGIN = "origin";
  private static final String LINE = "line";
  private static final String BASE64 = "base64";

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  /** The object, without a line feed. */
  byte[] write(StoredLine line) {
    StringWriter text = new StringWriter(line.bytes().length + 100);
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("seq").value(line.seq());
      json.name("time").value(line.time().toString());
      if (line.publisher().isPresent()) {
        json.name(PUBLISHER).value(line.publisher().get());
      }
      if (line.number().isPresent()) {
        json.name(NUMBER).value(line.number().getAsLong());
      }
      if (line.origin().isPresent()) {
        json.name(ORIGIN).value(line.origin().get());
      }
      writeBytes(json, line.bytes());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string takes all
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeBytes(JsonWriter json, byte[] bytes) throws IOException {
    Optional<String> text = text(bytes);
    if (text.isPresent()) {
      json.name(LINE).value(text.get());
    } else {
      json.name(BASE64).value(Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** Empty if they are no UTF-8. */
  private Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(utf8.decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /**
   * Reads an object.
   *
   * @param now the line's time if it says none
   * @throws IllegalArgumentException if it is no such object; the message says what is wrong
   */
  StoredLine read(byte[] bytes, Instant now) {
    JsonObject object = object(bytes);
    return new StoredLine(
        0,
        text(object, "time").map(StoredLineJson::time).orElse(now),
        text(object, PUBLISHER),
        number(object),
        text(object, ORIGIN),
        lineOf(object));
  }

  private JsonObject object(byte[] bytes) {
    String text =
        text(bytes).orElseThrow(() -> new IllegalArgumentException("it is no JSON: no UTF-8"));
    try {
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
    throw new IllegalArgumentException("it is no JSON object");
  }

  private static Optional<String> text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
      return Optional.of(value.getAsString());
    }
    throw new IllegalArgumentException("its " + name + " is no text");
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("its time is not like 2026-01-31T12:00:00Z", e);
    }
  }

  private static OptionalLong number(JsonObject object) {
    JsonElement value = object.get(NUMBER);
    if (value == null || value.isJsonNull()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.getAsString()));
    } catch (UnsupportedOperationException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("its number is no whole number", e);
    }
  }

  private static byte[] lineOf(JsonObject object) {
    Optional<String> text = text(object, LINE);
    Optional<String> base64 = text(object, BASE64);
    if (text.isPresent() == base64.isPresent()) {
      throw new IllegalArgumentException("it needs either line or base64");
    }
    return text.isPresent() ? bytes(text.get()) : Base64.getDecoder().decode(base64.orElseThrow());
  }

  private static byte[] bytes(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its line has half a character in it", e);
    }
  }
}
