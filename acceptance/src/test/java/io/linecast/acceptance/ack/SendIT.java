package io.linecast.acceptance.ack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ack.Event.Fail;
import io.linecast.acceptance.ack.Event.Line;
import io.linecast.acceptance.ack.Event.Pong;
import io.linecast.acceptance.ack.Event.Sent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a {@code SEND}: its answer, and its text at the others'. */
class SendIT extends OnSharedServer {

  @Test
  void shouldAnswerASendAndRelayItsText() {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("");
    long next = alice.answer().next();
    alice.send("SEND 17 hello");
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(17, next, 0));
    assertThat(bob.next()).isEqualTo(new Line(next, "hello"));
    assertThat(plain.hear()).isEqualTo("hello");
    alice.expectSilence(Duration.ofMillis(50));
  }

  @Test
  void shouldTakeAnyNumbersThatRise() {
    AckClient alice = join("listen=no");
    long next = alice.answer().next();
    alice.send("SEND 3 a", "SEND 0010 b", "SEND 0000000000000000011 c");
    alice.send("SEND 9223372036854775806 d", "SEND 9223372036854775807 e");
    assertThat(alice.next(5).stream().map(Event::uncounted))
        .containsExactly(
            new Sent(3, next, 0),
            new Sent(10, next + 1, 0),
            new Sent(11, next + 2, 0),
            new Sent(9223372036854775806L, next + 3, 0),
            new Sent(9223372036854775807L, next + 4, 0));
  }

  @Test
  void shouldAnswerEverySendOnceAndInOrder() {
    AckClient bob = join("");
    AckClient alice = join("");
    long next = alice.answer().next();
    int count = 10_000;
    alice.send(sends(1, count));
    for (int i = 0; i < count; i++) {
      assertThat(alice.next().uncounted()).isEqualTo(new Sent(i + 1, next + i, 0));
    }
    for (int i = 0; i < count; i++) {
      assertThat(bob.next()).isEqualTo(new Line(next + i, "line " + (i + 1)));
    }
    alice.send("PING is that all");
    assertThat(alice.next()).isEqualTo(new Pong("is that all"));
  }

  @Test
  void shouldKeepRefusalsInTheOrderOfTheSends() {
    AckClient alice = join("listen=no");
    long next = alice.answer().next();
    String tooLong = "SEND 2 " + "x".repeat(alice.answer().maxLine());
    alice.send("SEND 1 a", tooLong, "SEND 5 b", "SEND 4 lower", "SEND 6 c");
    assertThat(alice.next(5).stream().map(Event::uncounted))
        .containsExactly(
            new Sent(1, next, 0),
            new Fail(2, "too-long"),
            new Sent(5, next + 1, 0),
            new Fail(4, "bad-number"),
            new Sent(6, next + 2, 0));
  }

  @Test
  void shouldRelayEveryByteButTheLineFeedAsItIs() {
    String all =
        IntStream.range(0, 256)
            .filter(c -> c != '\n')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    assertRelayed("SEND 5 ", all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "  two blanks before",
        "blank after ",
        "\r",
        "\0",
        "\t",
        "LINE 1 x",
        "BYE"
      })
  void shouldRelayAnyText(String text) {
    assertRelayed("SEND 5 ", text);
  }

  @Test
  void shouldTakeAnEmptyTextWithoutTheBlankBeforeIt() {
    assertRelayed("SEND 5", "");
  }

  @Test
  void shouldRelayTheLongestLineAndRefuseOneThatIsAByteLonger() {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("");
    String longest = "x".repeat(alice.answer().maxLine() - 1);
    Sent sent = alice.publish(1, longest);
    assertThat(bob.next()).isEqualTo(new Line(sent.seq(), longest));
    assertThat(plain.hear()).isEqualTo(longest);
    alice.send("SEND 2 " + longest + "y", "SEND 3 and on");
    alice.expectFail(2, "too-long");
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(3, sent.seq() + 1, 0));
    assertThat(bob.next()).isEqualTo(new Line(sent.seq() + 1, "and on"));
    assertThat(plain.hear()).isEqualTo("and on");
    plain.send(longest);
    assertThat(alice.nextLine()).isEqualTo(new Line(sent.seq() + 2, longest));
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 3_000_000})
  void shouldRefuseALineThatIsFarTooLong(int length) {
    AckClient bob = join("");
    AckClient alice = join("");
    alice.send("SEND 0007 " + "x".repeat(length + alice.answer().maxLine()), "SEND 8 and on");
    alice.expectFail(7, "too-long");
    long seq = ((Sent) alice.next()).seq();
    assertThat(bob.next()).isEqualTo(new Line(seq, "and on"));
  }

  @Test
  void shouldPutASendTogetherThatComesByteByByte() {
    AckClient bob = join("");
    AckClient alice = join("");
    "SEND 1 in small pieces\nSEND 2\n".chars().forEach(c -> alice.sendRaw(Character.toString(c)));
    long seq = ((Sent) alice.next()).seq();
    assertThat(alice.next().uncounted()).isEqualTo(new Sent(2, seq + 1, 0));
    assertThat(bob.next(2))
        .containsExactly(new Line(seq, "in small pieces"), new Line(seq + 1, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PING", "PING ", "PING x", "PING  two blanks ", "PING \u00ff\0\r"})
  void shouldAnswerAPingWithItsText(String ping) {
    AckClient alice = join("");
    alice.send(ping);
    String text = ping.length() <= 5 ? "" : ping.substring(5);
    assertThat(alice.next()).isEqualTo(new Pong(text));
    alice.send("PONG", "PONG unasked for", "PING after it");
    assertThat(alice.next()).isEqualTo(new Pong("after it"));
  }

  private void assertRelayed(String verb, String text) {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    AckClient alice = join("");
    alice.send(verb + text);
    Event sent = alice.next();
    assertThat(sent).isInstanceOf(Sent.class);
    long seq = ((Sent) sent).seq();
    assertThat(bob.next()).isEqualTo(new Line(seq, text));
    assertThat(plain.hearBytes()).isEqualTo(text.getBytes(ISO_8859_1));
    plain.sendBytes((text + "\n").getBytes(ISO_8859_1));
    List<Event> heard = List.of(alice.next(), bob.next());
    assertThat(heard).containsOnly(new Line(seq + 1, text));
  }

  private static String[] sends(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(n -> "SEND " + n + " line " + n)
        .toArray(String[]::new);
  }
}
