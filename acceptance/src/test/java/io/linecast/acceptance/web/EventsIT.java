package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.web.EventStream.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as server-sent events. */
class EventsIT extends OnWebServer {

  @Test
  void shouldHearEachLineAsAnEvent() {
    LineClient sender = joinPlain();
    EventStream browser = events("/lines");
    sender.send("one", "", "gr\u00fcn: \u20ac");
    List<Event> heard = browser.next(3);

    assertThat(heard).extracting(Event::data).containsExactly("one", "", "gr\u00fcn: \u20ac");
    assertThat(heard).extracting(Event::type).containsOnly("message");
    assertThat(numbers(heard)).containsExactly(1L, 2L, 3L);
    assertThat(browser.head())
        .contains("\r\ncache-control: no-store\r\n")
        .contains("\r\ntransfer-encoding: chunked\r\n")
        .contains("\r\nx-accel-buffering: no\r\n");
  }

  /** Numbers relative to the first. */
  private static List<Long> numbers(List<Event> events) {
    long before = number(events.getFirst()) - 1;
    return events.stream().map(event -> number(event) - before).toList();
  }

  private static long number(Event event) {
    return Long.parseLong(event.id().substring(event.id().lastIndexOf('-') + 1));
  }

  @Test
  void shouldBeginANewFieldAtACarriageReturn() {
    EventStream browser = events("/lines");
    posts().accepted("/lines", "a\rb\r\nc\n");

    assertThat(browser.next(2)).extracting(Event::data).containsExactly("a\nb\n", "c");
  }

  @Test
  void shouldGoOnBehindTheLastEventThatABrowserHasHad() {
    String lastId;
    try (EventStream browser = EventStream.open(server, "/lines")) {
      posts().accepted("/lines", "one\ntwo\n");
      assertThat(browser.next(2)).extracting(Event::data).containsExactly("one", "two");
      lastId = browser.lastId();
    }
    posts().accepted("/lines", "three\n");
    EventStream again = keep(EventStream.resume(server, "/lines", lastId));
    posts().accepted("/lines", "four\n");

    assertThat(again.next(2)).extracting(Event::data).containsExactly("three", "four");
  }

  @Test
  void shouldMissNothingBetweenWhereABrowserHadHeardNothingYet() {
    String lastId;
    try (EventStream browser = EventStream.open(server, "/lines")) {
      lastId = browser.lastId();
    }
    posts().accepted("/lines", "meanwhile\n");
    EventStream again = keep(EventStream.resume(server, "/lines", lastId));

    assertThat(again.next().data()).isEqualTo("meanwhile");
  }

  @Test
  void shouldHearEveryLineOnceHoweverOftenItReconnects() {
    int lines = 3_000;
    List<Event> heard = new ArrayList<>();
    EventStream browser = EventStream.open(server, "/lines");
    LineClient sender = keep(server.connect());
    for (int i = 0; i < lines; i++) {
      sender.send("line " + i);
    }
    while (heard.size() < lines) {
      heard.addAll(browser.next(Math.min(7 + heard.size() % 50, lines - heard.size())));
      browser.close();
      browser = EventStream.resume(server, "/lines", browser.lastId());
    }
    browser.close();

    for (int i = 0; i < lines; i++) {
      assertThat(heard.get(i).data()).isEqualTo("line " + i);
      assertThat(number(heard.get(i))).isEqualTo(number(heard.getFirst()) + i);
    }
  }

  @Test
  void shouldEndWithTheLastLineThatIsWanted() {
    long first = posts().accepted("/lines", "one\ntwo\nthree\n").first();
    EventStream browser = events("/lines?limit=2&from=" + first);

    assertThat(browser.next(2)).extracting(Event::data).containsExactly("one", "two");
    browser.expectEnd();

    EventStream later = events("/lines?limit=2");
    posts().accepted("/lines", "four\nfive\nsix\n");
    assertThat(later.next(2)).extracting(Event::data).containsExactly("four", "five");
    later.expectEnd();
  }

  @Test
  void shouldRefuseAnIdThatIsNone() {
    String response =
        connect()
            .request("GET /lines", "Accept: text/event-stream", "Last-Event-ID: seven")
            .readResponse();

    assertThat(response).startsWith("HTTP/1.1 400 ").contains("Last-Event-ID");
  }

  @Test
  void shouldNotSpeakInChunksToWhoeverDoesNotKnowThem() {
    String response =
        connect().send("GET /lines HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n").readResponse();

    assertThat(response).startsWith("HTTP/1.1 505 ");
  }

  @Test
  void shouldSayWhichLinesASlowBrowserWillNeverHear() {
    try (ServerUnderTest small = ServerUnderTest.start("--web-port", "0", "--window", "1m");
        RawHttp slow = RawHttp.connect(small, 8 << 10);
        LineClient sender = small.connect()) {
      EventStream browser = EventStream.resume(slow, "/lines", "");
      String text = "x".repeat(1_000);
      int lines = 14_000;
      for (int i = 0; i < lines; i++) {
        sender.send(text);
      }
      sender.send("last");
      long heard = 0;
      long missed = 0;
      Event event = browser.next();
      while (!event.data().equals("last")) {
        if (event.type().equals("gap")) {
          long[] gap = gap(event);
          assertThat(gap[0]).as("where the gap begins").isEqualTo(heard + missed + 1);
          missed += gap[1] - gap[0] + 1;
          assertThat(number(event)).as("where it goes on").isEqualTo(gap[1]);
        } else {
          assertThat(number(event)).isEqualTo(heard + missed + 1);
          heard++;
        }
        event = browser.next();
      }
      assertThat(missed).isPositive();
      assertThat(heard + missed).isEqualTo(lines);
    }
  }

  private static long[] gap(Event event) {
    assertThat(event.data()).matches("\\{\"first\":\\d+,\"last\":\\d+,\"reason\":\"slow\"}");
    String[] figures = event.data().replaceAll("[^0-9,]", "").split(",", -1);
    return new long[] {Long.parseLong(figures[0]), Long.parseLong(figures[1])};
  }

  @Test
  void shouldBeToldThatAnotherNumberingHasBegunOnceTheServerWasStartedAnew() {
    String lastId;
    try (ServerUnderTest before = ServerUnderTest.start("--web-port", "0");
        EventStream browser = EventStream.open(before, "/lines")) {
      new Posts(before).accepted("/lines", "one\ntwo\n");
      browser.next(2);
      lastId = browser.lastId();
    }
    try (ServerUnderTest after = ServerUnderTest.start("--web-port", "0")) {
      new Posts(after).accepted("/lines", "three\n");
      try (EventStream browser = EventStream.resume(after, "/lines", lastId)) {
        Event gap = browser.next();
        Event line = browser.next();

        assertThat(gap.type()).isEqualTo("gap");
        assertThat(gap.data()).isEqualTo("{\"first\":3,\"last\":null,\"reason\":\"epoch\"}");
        assertThat(line.data()).isEqualTo("three");
        assertThat(number(line)).isEqualTo(1);
        assertThat(line.id()).isNotEqualTo(lastId);
      }
    }
  }

  @Test
  void shouldHearSomethingEvenIfNothingIsSaid() {
    try (ServerUnderTest quick = ServerUnderTest.start("--web-port", "0", "--heartbeat", "400ms");
        EventStream browser = EventStream.open(quick, "/lines")) {
      assertThat(browser.block()).containsExactly(":");
      assertThat(browser.block()).containsExactly(":");
      new Posts(quick).accepted("/lines", "one\n");
      assertThat(browser.next().data()).isEqualTo("one");
    }
  }

  @Test
  void shouldBeSentEverythingAndEndInOrderWhenTheServerStops() {
    try (ServerUnderTest stopping = ServerUnderTest.start("--web-port", "0");
        EventStream browser = EventStream.open(stopping, "/lines");
        RawHttp curl = RawHttp.connect(stopping).request("GET /lines")) {
      curl.readHead();
      new Posts(stopping).accepted("/lines", "one\ntwo\n");

      assertThat(stopping.stop()).isZero();
      assertThat(browser.next(2)).extracting(Event::data).containsExactly("one", "two");
      browser.expectEnd();
      assertThat(curl.readToEnd()).isEqualTo("one\ntwo\n");
    }
  }
}
