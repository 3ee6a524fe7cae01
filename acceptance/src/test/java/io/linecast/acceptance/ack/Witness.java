package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ack.Event.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two listeners, a plain and an acknowledged one, who hear everything without anything in between,
 * and a speaker who sees to it that there is always something to hear. The last word is theirs on
 * what was relayed. Each has a thread.
 */
final class Witness implements AutoCloseable {
  private static final String LAST = "the last line of ";

  private final AckClient speaker;
  private final AckClient hearer;
  private final LineClient plain;
  private final long first;
  private final String last = LAST + AckClient.nonce();
  private final CompletableFuture<List<Line>> lines;
  private final CompletableFuture<List<String>> texts;
  private final CompletableFuture<Void> speech;
  private volatile long latest;
  private volatile boolean ending;

  Witness(Clients clients) {
    plain = clients.joinPlain();
    hearer = clients.join("");
    speaker = clients.join("listen=no");
    first = hearer.answer().next();
    latest = first;
    texts = Background.supply(this::hearPlain);
    lines = Background.supply(this::hear);
    speech = Background.run(this::speak);
  }

  /** The number of a line that is there, or of the next one, and no old one. */
  long latest() {
    return latest;
  }

  String epoch() {
    return hearer.answer().epoch();
  }

  /** Has the speaker end; everything that was relayed, as both agree. */
  List<Line> end() {
    close();
    List<Line> all = lines.join();
    assertThat(all)
        .as("what the plain witness heard")
        .extracting(Line::text)
        .isEqualTo(texts.join());
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).seq()).as("number of line %d heard", i).isEqualTo(first + i);
    }
    return all;
  }

  @Override
  public void close() {
    ending = true;
    speech.join();
  }

  private void speak() {
    long n = 0;
    while (!ending) {
      latest = speaker.publish(++n, "by the way, " + n).seq();
      speaker.expectSilence(Duration.ofMillis(2));
    }
    speaker.publish(++n, last);
  }

  private List<Line> hear() {
    List<Line> heard = new ArrayList<>();
    do {
      heard.add(hearer.nextLine());
    } while (!heard.getLast().text().equals(last));
    return heard;
  }

  private List<String> hearPlain() {
    List<String> heard = new ArrayList<>();
    do {
      heard.add(plain.hear());
    } while (!heard.getLast().equals(last));
    return heard;
  }
}
