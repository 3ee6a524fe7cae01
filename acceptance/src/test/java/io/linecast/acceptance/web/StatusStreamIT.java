package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.web.EventStream.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server's status as events, and what else a request for it can be like. */
class StatusStreamIT extends OnWebServer {

  private static final String PATH = "/api/status";

  @Test
  void shouldTellTwoWatchersTheSameOnceASecond() {
    EventStream one = events(PATH);
    EventStream other = events(PATH);
    List<Event> others = other.next(4);
    List<Event> ones = new ArrayList<>();
    do {
      ones.add(one.next());
      assertThat(ones).as("seconds").hasSizeLessThan(30);
    } while (!ones.getLast().data().equals(others.getLast().data()));

    assertThat(ones).extracting(Event::type).containsOnly("message");
    assertThat(ones).extracting(Event::id).containsOnly("");
    List<Long> seconds = others.stream().map(event -> status(event).uptimeSeconds()).toList();
    assertThat(seconds).isSorted();
    assertThat(seconds.getLast() - seconds.getFirst()).isBetween(2L, 10L);
    assertThat(IntStream.range(1, 4)).anyMatch(i -> seconds.get(i) - seconds.get(i - 1) <= 1);
    assertThat(ones)
        .extracting(Event::data)
        .containsAll(others.stream().skip(1).map(Event::data).toList());
    assertThat(status(ones.getLast()).connections()).contains("\"events\":2");
    assertThat(one.head()).contains("\r\ncache-control: no-store\r\n");
  }

  private static Status status(Event event) {
    return Status.parse(event.data());
  }

  @Test
  void shouldTellHowMuchComesAndGoesInASecond() {
    LineClient listener = joinPlain();
    EventStream watcher = events(PATH);
    watcher.next();
    boolean exact = false;
    for (int i = 0; i < 5 && !exact; i++) {
      List<Event> told = tellOfABurst(listener, watcher);
      exact =
          Stream.of("linesPerSecond", "deliveriesPerSecond")
              .mapToLong(field -> rates(told, field).sum())
              .allMatch(sum -> sum > 19_000 && sum < 21_000);
    }

    assertThat(exact).as("seconds that were as long as they should be").isTrue();
  }

  private List<Event> tellOfABurst(LineClient listener, EventStream watcher) {
    posts().accepted("/lines", "a line\n".repeat(20_000));
    listener.hear(20_000);
    List<Event> told = new ArrayList<>();
    while (isYetToTell(told, "linesPerSecond") || isYetToTell(told, "deliveriesPerSecond")) {
      told.add(watcher.next());
      assertThat(told).as("seconds").hasSizeLessThan(30);
    }
    assertThat(rates(told, "linesPerSecond").max().orElseThrow()).isLessThan(22_500);
    assertThat(rates(told, "deliveriesPerSecond").max().orElseThrow()).isLessThan(22_500);
    return told;
  }

  /**
   * Whether a burst has not been told of, or is not over. It may come in two seconds, and a second
   * is a longer one where the machine is busy; a few lines come when a client joins.
   */
  private static boolean isYetToTell(List<Event> told, String field) {
    return rates(told, field).allMatch(rate -> rate < 2_000)
        || rates(told.subList(told.size() - 1, told.size()), field).sum() >= 2_000;
  }

  private static LongStream rates(List<Event> told, String field) {
    return told.stream()
        .map(event -> status(event).channel("main").get(field))
        .filter(rate -> !rate.isJsonNull())
        .mapToLong(JsonElement::getAsLong);
  }

  @Test
  void shouldSayThatTheServerStopsAndEndInOrder() {
    try (ServerUnderTest stopping =
            ServerUnderTest.start("--web-port", "0", "--transport", transport.option());
        EventStream watcher = EventStream.open(stopping, PATH)) {
      watcher.next();
      assertThat(stopping.stop()).isZero();
      Status last = status(watcher.next());
      while (!last.is("draining")) {
        last = status(watcher.next());
      }
      watcher.expectEnd();
    }
  }

  /** Many channels with long names: a status of which sockets take a few. */
  @Test
  void shouldPassOverAWatcherThatDoesNotReadAndBeHarmedByNone() {
    int channels = 150;
    String[] options =
        IntStream.range(0, channels)
            .boxed()
            .flatMap(i -> List.of("--lines", "0=" + name(i)).stream())
            .toArray(String[]::new);
    String[] all = new String[options.length + 6];
    System.arraycopy(options, 0, all, 6, options.length);
    String[] first = {"--web-port", "0", "--window", "1m", "--transport", transport.option()};
    System.arraycopy(first, 0, all, 0, 6);
    try (ServerUnderTest server = ServerUnderTest.start(all);
        RawHttp slow = RawHttp.connect(server, 8 << 10);
        EventStream watcher = EventStream.open(server, PATH)) {
      EventStream stuck = EventStream.resume(slow, PATH, "");
      long before = status(stuck.next()).uptimeSeconds();
      long now = before;
      while (now < before + 14) {
        now = status(watcher.next()).uptimeSeconds();
      }
      int late = 0;
      long told = before;
      while (told < now) {
        told = status(stuck.next()).uptimeSeconds();
        late++;
      }
      assertThat(late).as("statuses kept of %d s", now - before).isLessThan(12);
      assertThat(status(stuck.next()).uptimeSeconds())
          .as("what it is told next")
          .isLessThan(now + 12);
    }
  }

  private static String name(int channel) {
    return "a-channel-with-a-name-that-takes-some-room-" + channel;
  }

  @Test
  void shouldForgetAWatcherThatHasGone() {
    EventStream watcher = events(PATH);
    watcher.next();
    watcher.close();

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> Status.of(server).connections().contains("\"events\":0"));
    assertThat(Status.of(server).closed())
        .extracting(closed -> closed.get("wire").getAsString())
        .contains("events");
  }

  @Test
  void shouldEndForAWatcherThatEndsItsSending() {
    RawHttp connection = connect().request("GET " + PATH, "Accept: text/event-stream");
    connection.halfClose();

    assertThat(connection.readToEnd()).endsWith("0\r\n\r\n");
  }

  @Test
  void shouldGiveTheHeadAlone() {
    RawHttp connection = connect();
    String head = connection.request("HEAD " + PATH).readHead();
    String events = connection.request("HEAD " + PATH, "Accept: text/event-stream").readHead();

    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: application/json\r\n")
        .contains("\r\ncache-control: no-store\r\n")
        .containsPattern("\r\ncontent-length: [1-9]");
    assertThat(events)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\ncontent-type: text/event-stream\r\n");
    assertThat(connection.request("GET " + PATH).readResponse()).endsWith("}");
  }

  @Test
  void shouldNotTellPagesOfOtherSites() {
    String response =
        connect().request("GET " + PATH, "Origin: http://elsewhere.example").readResponse();

    assertThat(response).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void shouldNotSpeakInChunksToWhoeverDoesNotKnowThem() {
    String response =
        connect()
            .send("GET " + PATH + " HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n")
            .readResponse();

    assertThat(response).startsWith("HTTP/1.1 505 ");
  }
}
