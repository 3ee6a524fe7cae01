package io.linecast.cli;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever a server sends as its status, as a whole or as events, {@code linecast top} makes a
 * status of it or passes over it, and shows nothing that a terminal would take for an order.
 */
public final class StatusProperty implements Property {

  private static final int EVENT_MAX_CHARS = 2_000;

  @Override
  public void check(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    show(text);
    EventStream events = new EventStream(EVENT_MAX_CHARS);
    List<String> found = new ArrayList<>();
    ByteLines lines = new ByteLines(new ByteArrayInputStream(input), () -> {});
    while (lines.next(EVENT_MAX_CHARS)) {
      if (!lines.isTooLong()) {
        String line = new String(lines.line(), StandardCharsets.UTF_8);
        events.take(line).ifPresent(found::add);
      }
    }
    for (String event : found) {
      Property.require(event.length() <= 2 * EVENT_MAX_CHARS, () -> "an event too long");
      show(event);
    }
    Property.require(Cuts.LINES.of(input).size() >= found.size(), () -> "more events than lines");
  }

  private static void show(String json) {
    StatusJson.parse(json)
        .ifPresent(
            status ->
                Property.require(
                    status.toString().chars().noneMatch(Character::isISOControl),
                    () -> "a control character is shown of " + json));
  }
}
