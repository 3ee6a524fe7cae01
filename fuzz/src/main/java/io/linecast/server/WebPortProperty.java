package io.linecast.server;

import io.linecast.fuzz.Cuts;
import io.linecast.fuzz.Property;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whatever a client sends to the web port: it is sent HTTP and nothing else, never told of a fault
 * of the server's, answered the same however its bytes are cut into reads and however slowly it
 * reads, and closed in the end; its neighbours hear whole lines and all of theirs; and when it has
 * gone, nothing is left of it.
 */
public final class WebPortProperty implements Property {

  private static final int MAX_LINE_BYTES = 48;
  private static final int MAX_BODY_BYTES = 400;
  private static final int MAX_REQUESTS = 5;
  private static final int CONTINUE = 100;
  private static final int LITTLE_ROOM_BYTES = 50;

  /**
   * Paths whose answers come from other threads, and may not have come: as they are, or encoded.
   */
  private static final List<String> FROM_OTHER_THREADS = List.of("api", "metrics", "%");

  static final ServerOptions OPTIONS =
      ServerOptions.builder()
          .windowBytes(1 << 20)
          .maxLineBytes(MAX_LINE_BYTES)
          .acknowledged(new AckOptions(false, Duration.ZERO, 2, 4 << 10, 16))
          .web(
              new WebOptions(
                  OptionalInt.of(0),
                  MAX_BODY_BYTES,
                  2 * MAX_BODY_BYTES,
                  Duration.ofSeconds(5),
                  MAX_REQUESTS,
                  List.of(),
                  List.of("https://friend.example")))
          .build();

  private record Outcome(List<String> published, List<Integer> statuses) {}

  @Override
  public void check(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    boolean comparable = FROM_OTHER_THREADS.stream().noneMatch(text::contains);
    Outcome first = null;
    for (Cuts cuts : Cuts.values()) {
      Outcome outcome = run(input, cuts);
      Outcome expected = first;
      Property.require(
          expected == null || !comparable || expected.equals(outcome),
          () -> "cuts " + cuts + ": " + outcome + ", not " + expected);
      first = first == null ? outcome : first;
    }
  }

  private static Outcome run(byte[] input, Cuts cuts) {
    VirtualServer server = new VirtualServer(OPTIONS);
    Neighbours neighbours = new Neighbours(server);
    VirtualSocket client = server.connectWeb();
    if (cuts == Cuts.PARTS) {
      client.setRoomBytes(0);
    }
    for (byte[] read : cuts.of(input)) {
      client.send(read);
      server.settle();
      if (cuts == Cuts.PARTS) {
        client.setRoomBytes(LITTLE_ROOM_BYTES);
      }
    }
    neighbours.sayDone();
    client.setRoomBytes(Integer.MAX_VALUE);
    server.settle();
    neighbours.goOn();
    client.sendEnd();
    neighbours.sayDone();
    server.waitLong();
    server.awaitEnd(client);
    Property.require(!client.isOpen(), () -> "the connection stays open");
    neighbours.end();
    Responses responses = Responses.of(client.written());
    server.close();
    Property.require(
        count(responses) <= MAX_REQUESTS, () -> "too many answers: " + responses.statuses());
    return new Outcome(neighbours.published(), responses.statuses());
  }

  private static long count(Responses responses) {
    return responses.statuses().stream().filter(status -> status != CONTINUE).count();
  }
}
