package io.linecast.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everybody is in the same conversation, whatever they speak. */
class CrossWireIT extends OnWebServer {

  private static final int LINES_EACH = 300;
  private static final String END = "end";

  /** A line as somebody heard it; the number is 0 where the wire tells none. */
  private record Heard(long number, String text) {}

  @Test
  void shouldHaveOneOrderAndTheSameNumbersOnEveryWire() {
    LineClient plain = joinPlain();
    LineClient acknowledged = keep(server.connect());
    acknowledged.send("LINECAST/1 cross-wire-1 ack=written");
    String answer = acknowledged.hear();
    while (!answer.startsWith("LINECAST/1 cross-wire-1 ok ")) {
      answer = acknowledged.hear();
    }
    MessageClient socket = webSocket("/ws");
    MessageClient numbered = linecast("/ws");
    EventStream events = events("/lines");
    RawHttp text = connect().request("GET /lines");
    text.readHead();

    CompletableFuture<Void> senders =
        CompletableFuture.allOf(
            each(i -> plain.send("plain " + i)),
            each(i -> acknowledged.send("SEND " + i + " acknowledged " + i)),
            each(i -> socket.send("socket " + i)),
            each(i -> numbered.send("SEND " + i + " numbered " + i)),
            each(i -> posts().accepted("/lines", "posted " + i)));
    senders.join();
    posts().accepted("/lines", END);

    List<Heard> all = hearEvents(events);
    assertThat(all).hasSize(5 * LINES_EACH + 1);
    assertThat(hearText(text)).isEqualTo(texts(all, ""));
    assertThat(hearPlain(plain)).isEqualTo(texts(all, "plain "));
    assertThat(hearMessages(socket)).isEqualTo(texts(all, "socket "));
    Map<Long, Long> sent = new TreeMap<>();
    assertThat(hearNumbered(acknowledged::hear, sent)).isEqualTo(without(all, "acknowledged "));
    assertThat(sent).isEqualTo(numbers(all, "acknowledged "));
    sent.clear();
    assertThat(hearNumbered(numbered::hear, sent)).isEqualTo(without(all, "numbered "));
    assertThat(sent).isEqualTo(numbers(all, "numbered "));
    assertThat(numbers(all, "posted ")).hasSize(LINES_EACH);
  }

  /** In a thread of its own: the common pool may have no more than one, and they are to mix. */
  private static CompletableFuture<Void> each(IntConsumer action) {
    return CompletableFuture.runAsync(
        () -> IntStream.rangeClosed(1, LINES_EACH).forEach(action), Thread::startVirtualThread);
  }

  private static List<Heard> hearEvents(EventStream events) {
    List<Heard> heard = new ArrayList<>();
    do {
      EventStream.Event event = events.next();
      String number = event.id().substring(event.id().lastIndexOf('-') + 1);
      heard.add(new Heard(Long.parseLong(number), event.data()));
    } while (!heard.getLast().text().equals(END));
    for (int i = 1; i < heard.size(); i++) {
      assertThat(heard.get(i).number()).isEqualTo(heard.get(i - 1).number() + 1);
    }
    return heard;
  }

  private static List<String> hearText(RawHttp text) {
    return text.readThrough("\n" + END + "\n").lines().toList();
  }

  private static List<String> hearPlain(LineClient client) {
    return upToEnd(client::hear);
  }

  private static List<String> hearMessages(MessageClient client) {
    return upToEnd(client::hear);
  }

  private static List<String> upToEnd(Supplier<String> hear) {
    List<String> heard = new ArrayList<>();
    do {
      heard.add(hear.get());
    } while (!heard.getLast().equals(END));
    return heard;
  }

  /** Lines with their numbers, and which line each of its own became. */
  private static List<Heard> hearNumbered(Supplier<String> hear, Map<Long, Long> sent) {
    List<Heard> heard = new ArrayList<>();
    while (sent.size() < LINES_EACH || heard.isEmpty() || !heard.getLast().text().equals(END)) {
      String[] words = hear.get().split(" ", 3);
      if (words[0].equals("SENT")) {
        String line = words[2].substring(0, words[2].indexOf(' '));
        sent.put(Long.valueOf(words[1]), Long.valueOf(line));
      } else {
        assertThat(words[0]).isEqualTo("LINE");
        heard.add(new Heard(Long.parseLong(words[1]), words[2]));
      }
    }
    return heard;
  }

  private static List<Heard> without(List<Heard> all, String own) {
    return all.stream().filter(heard -> !heard.text().startsWith(own)).toList();
  }

  private static List<String> texts(List<Heard> all, String own) {
    return all.stream()
        .map(Heard::text)
        .filter(text -> own.isEmpty() || !text.startsWith(own))
        .toList();
  }

  /** The number of each line of a sender's, by the sender's own. */
  private static Map<Long, Long> numbers(List<Heard> all, String sender) {
    Map<Long, Long> numbers = new TreeMap<>();
    for (Heard heard : all) {
      if (heard.text().startsWith(sender)) {
        numbers.put(Long.valueOf(heard.text().substring(sender.length())), heard.number());
      }
    }
    return numbers;
  }
}
