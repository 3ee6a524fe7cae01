package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;

/**
 * An event stream as a browser has it, which remembers where it was. For one thread.
 *
 * <p>Reads chunks and fields as strictly as the standards have them.
 */
final class EventStream implements AutoCloseable {

  /** What was dispatched. */
  record Event(String id, String type, String data) {}

  private final RawHttp connection;
  private final String head;
  private String unread = "";
  private String lastId;

  private EventStream(RawHttp connection, String lastId) {
    this.connection = connection;
    this.lastId = lastId;
    this.head = connection.readHead();
  }

  /** Opens a stream, and has seen its beginning. */
  static EventStream open(ServerUnderTest server, String path) {
    return resume(server, path, "");
  }

  /** Opens a stream behind an event that was had from an earlier one. */
  static EventStream resume(ServerUnderTest server, String path, String lastId) {
    return resume(RawHttp.connect(server), path, lastId);
  }

  static EventStream resume(RawHttp connection, String path, String lastId) {
    String resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
    connection.send(
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n%s\r\n"
            .formatted(path, resume));
    EventStream stream = new EventStream(connection, lastId);
    assertThat(stream.head)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: text/event-stream\r\n");
    assertThat(stream.block()).first().asString().startsWith("retry: ");
    return stream;
  }

  String head() {
    return head;
  }

  /** Where it would go on. */
  String lastId() {
    return lastId;
  }

  /** The next event. */
  Event next() {
    while (true) {
      String type = "message";
      List<String> data = new ArrayList<>();
      for (String line : block()) {
        if (line.startsWith("data: ")) {
          data.add(line.substring(6));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        }
      }
      if (!data.isEmpty()) {
        String text = new String(String.join("\n", data).getBytes(ISO_8859_1), UTF_8);
        return new Event(lastId, type, text);
      }
    }
  }

  List<Event> next(int count) {
    List<Event> events = new ArrayList<>();
    while (events.size() < count) {
      events.add(next());
    }
    return events;
  }

  /** The next lines up to an empty one: an event's, or a comment. */
  List<String> block() {
    while (!unread.contains("\n\n")) {
      assertThat(readChunk()).as("end of the stream after '%s'", unread).isTrue();
    }
    int end = unread.indexOf("\n\n");
    List<String> lines = List.of(unread.substring(0, end).split("\n", -1));
    unread = unread.substring(end + 2);
    lines.stream().filter(line -> line.startsWith("id: ")).forEach(l -> lastId = l.substring(4));
    return lines;
  }

  /** That the response ends as it should, with nothing more in it. */
  void expectEnd() {
    assertThat(unread).isEmpty();
    assertThat(readChunk()).as("more than '%s'", unread).isFalse();
    assertThat(connection.readToEnd()).isEmpty();
  }

  private boolean readChunk() {
    String size = connection.readThrough("\r\n").strip();
    int bytes = Integer.parseInt(size, 16);
    String chunk = connection.read(bytes + 2);
    assertThat(chunk).as("a chunk of %d bytes", bytes).endsWith("\r\n").hasSize(bytes + 2);
    unread += chunk.substring(0, bytes);
    return bytes > 0;
  }

  @Override
  public void close() {
    connection.close();
  }
}
