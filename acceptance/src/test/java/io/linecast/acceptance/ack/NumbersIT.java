package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Sent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One order and the same numbers for all, and to how many a line went. */
class NumbersIT extends OnSharedServer {

  private static final int LINES_EACH = 2_000;

  @Test
  void shouldGiveAllTheSameOrderAndNumbersWhateverTheySpeak() {
    List<LineClient> plain = clients.joinPlain(2);
    LineClient plainSender = plain.get(0);
    LineClient plainHearer = plain.get(1);
    AckClient hearer = join("");
    AckClient alice = join("");
    AckClient bob = join("");
    long next = bob.answer().next();
    List<CompletableFuture<Void>> sending =
        List.of(
            Background.run(() -> plainSender.send(texts("plain "))),
            Background.run(() -> alice.send(sends("alice "))),
            Background.run(() -> bob.send(sends("bob "))));
    Map<Long, String> all = new TreeMap<>();
    for (Event event : hearer.next(3 * LINES_EACH)) {
      Line line = (Line) event;
      assertThat(line.seq()).as("number of %s", line).isEqualTo(next + all.size());
      all.put(line.seq(), line.text());
    }
    sending.forEach(CompletableFuture::join);
    assertThat(plainHearer.hear(3 * LINES_EACH)).containsExactlyElementsOf(all.values());
    assertThat(plainSender.hear(2 * LINES_EACH))
        .containsExactlyElementsOf(
            all.values().stream().filter(text -> !text.startsWith("plain ")).toList());
    assertHeard(alice, "alice ", all);
    assertHeard(bob, "bob ", all);
  }

  @Test
  void shouldSayToHowManyOthersALineWent() {
    try (ServerUnderTest own = ServerUnderTest.start("--transport", transport.option());
        Clients there = new Clients(own)) {
      LineClient plain = there.joinPlain();
      AckClient alice = there.join("");
      assertThat(alice.publish(1, "to the plain one").clients()).isEqualTo(1);
      AckClient bob = there.join("");
      assertThat(alice.publish(2, "to both").clients()).isEqualTo(2);
      AckClient deaf = there.join("listen=no");
      assertThat(alice.publish(3, "not to the deaf one").clients()).isEqualTo(2);
      assertThat(deaf.publish(1, "to all three").clients()).isEqualTo(3);
      AckClient late = there.join("from=oldest");
      assertThat(deaf.publish(2, "to all four").clients()).isEqualTo(4);
      assertThat(deaf.publish(1, "to all three").clients()).as("of a repeat").isEqualTo(3);
      late.send("QUIT");
      late.untilEnd();
      assertThat(deaf.publish(3, "to three again").clients()).isEqualTo(3);
      plain.leave();
      assertThat(deaf.publish(4, "to the two acknowledged").clients()).isEqualTo(2);
      bob.reset();
      long[] n = {4};
      await("bob to be gone").until(() -> deaf.publish(++n[0], "who is here?").clients() == 1);
    }
  }

  @Test
  void shouldCountAClientThatHasNotSaidHelloYet() {
    try (ServerUnderTest own = ServerUnderTest.start("--transport", transport.option());
        Clients there = new Clients(own)) {
      AckClient alice = there.join("listen=no");
      AckClient undecided = there.connect();
      long[] n = {0};
      await("it to be counted").until(() -> alice.publish(++n[0], "anyone?").clients() == 1);
      undecided.join("listen=no");
      assertThat(alice.publish(++n[0], "none at all").clients()).isZero();
    }
  }

  @Test
  void shouldGoOnWithTheNumbersOfAnotherWayToSpeak() {
    LineClient plain = joinPlain();
    AckClient alice = join("");
    long last = alice.publish(1, "one").seq();
    plain.send("two", "three");
    assertThat(alice.next(2))
        .containsExactly(new Line(last + 1, "two"), new Line(last + 2, "three"));
    assertThat(alice.publish(2, "four").seq()).isEqualTo(last + 3);
  }

  /** That it got all of the others' lines by their numbers, and that the missing are its own. */
  private static void assertHeard(AckClient client, String prefix, Map<Long, String> all) {
    Map<Long, String> heard = new TreeMap<>();
    long last = 0;
    long lastSent = 0;
    for (Event event : client.next(3 * LINES_EACH)) {
      if (event instanceof Sent sent) {
        assertThat(sent.seq()).as("numbers of SENT rise").isGreaterThan(lastSent);
        lastSent = sent.seq();
        heard.put(sent.seq(), prefix + sent.n());
      } else {
        Line line = (Line) event;
        assertThat(line.seq()).as("numbers of LINE rise").isGreaterThan(last);
        last = line.seq();
        assertThat(heard.put(last, line.text())).isNull();
      }
    }
    assertThat(heard).as("what %sgot", prefix).isEqualTo(all);
  }

  private static String[] texts(String prefix) {
    return IntStream.rangeClosed(1, LINES_EACH).mapToObj(n -> prefix + n).toArray(String[]::new);
  }

  private static String[] sends(String prefix) {
    return IntStream.rangeClosed(1, LINES_EACH)
        .mapToObj(n -> "SEND " + n + " " + prefix + n)
        .toArray(String[]::new);
  }
}
