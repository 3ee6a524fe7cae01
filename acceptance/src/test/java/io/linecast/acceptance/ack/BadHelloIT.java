package io.linecast.acceptance.ack;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.ack.Event.Line;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hellos that are refused: what is said to each, and that nobody else hears of it. */
class BadHelloIT extends OnSharedServer {

  private static final String NONCE = "my-nonce";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LINECAST/1",
        "LINECAST/1 ",
        "LINECAST/1 7-chars",
        "LINECAST/1  my-nonce",
        "LINECAST/1 my!nonce",
        "LINECAST/1 my-nonce\r",
        "LINECAST/1 my-nonc\u00e9",
        "LINECAST/1 my-non\0ce",
        "LINECAST/1 listen=no",
        "LINECAST/1 65-chars-65-chars-65-chars-65-chars-65-chars-65-chars-65-chars-65",
      })
  void shouldRefuseAHelloWithoutAValidNonce(String hello) {
    assertRefused(hello, "-", "bad-hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " listen=no",
        "listen",
        "=no",
        "listen=",
        "listen=maybe",
        "listen=YES",
        "LISTEN=no",
        "listen=no ",
        "listen=no\r",
        "listen=no\tack=done",
        "listen=no listen=no",
        "ack=done ack=stored",
        "ack=sent",
        "ack=",
        "colour=blue",
        "from=soon",
        "from=",
        "from=1.5",
        "from=+1",
        "from=--1",
        "publisher=",
        "publisher=an/other",
        "publisher=b\u00fcoy",
        "publisher=65-chars-65-chars-65-chars-65-chars-65-chars-65-chars-65-chars-65",
        "token=\0",
        "token=\u00e9",
      })
  void shouldRefuseParametersThatAreNone(String parameters) {
    assertRefused("LINECAST/1 " + NONCE + " " + parameters, NONCE, "bad-hello");
  }

  /** Of these the codes' table allows both. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "12345678901234567890", "9223372036854775808", "-9223372036854775808"})
  void shouldRefuseNumbersThatAreNone(String from) {
    assertRefused("LINECAST/1 " + NONCE + " from=" + from, NONCE, "bad-hello", "bad-number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+01:00", "1999-12-31T23:59:59Z"})
  void shouldRefuseATimeForAJournalThatKeepsNone(String time) {
    AckClient client = join("");
    if (client.answer().text("journal").equals("memory")) {
      assertRefused("LINECAST/1 " + NONCE + " from=" + time, NONCE, "bad-hello");
    }
    assertThat(client.answer().parameters()).containsKey("journal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINECAST/2", "LINECAST/0", "LINECAST/10", "LINECAST/1.1"})
  void shouldRefuseAnotherVersion(String version) {
    assertRefused(version + " " + NONCE + " listen=no", NONCE, "version");
    assertRefused(version, "-", "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LINECAST/", "LINECAST/ my-nonce", "LINECAST/one", "LINECAST/1\tmy-nonce"})
  void shouldRefuseWhatIsHardlyAVersion(String hello) {
    AckClient client = connect();
    client.send(hello);
    Answer answer = client.awaitAnswer(NONCE);
    assertThat(answer.code()).isIn("bad-hello", "version");
    client.expectEnd();
  }

  @Test
  void shouldRefuseAChannelThatIsNot() {
    assertRefused("LINECAST/1 " + NONCE + " channel=there-is-none", NONCE, "channel");
  }

  @Test
  void shouldRefuseANumberThatNoLineHasYet() {
    long next = join("").answer().next();
    for (long from : new long[] {next + 1, Long.MAX_VALUE}) {
      assertRefused("LINECAST/1 " + NONCE + " from=" + from, NONCE, "bad-number");
    }
    assertThat(join("from=" + next).answer().next()).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 70_000, 1_000_000})
  void shouldRefuseAHelloThatIsFarTooLong(int length) {
    AckClient client = connect();
    client.trySend("LINECAST/1 " + NONCE + " token=" + "x".repeat(length));
    Answer answer = client.awaitAnswer(NONCE);
    assertThat(answer.code()).isEqualTo("too-long");
    assertThat(answer.nonce()).isEqualTo(NONCE);
    client.expectEnd();
  }

  @Test
  void shouldRelayNothingOfARefusedClient() {
    LineClient plain = joinPlain();
    AckClient bob = join("");
    List<String> hellos =
        List.of(
            "LINECAST/1",
            "LINECAST/2 my-nonce",
            "LINECAST/1 my-nonce x=y",
            "LINECAST/",
            "LINECAST/x");
    for (String hello : hellos) {
      AckClient client = connect();
      client.send(hello, "SEND 1 never to be heard", "LINECAST/1 my-nonce", "QUIT", "nor this");
      assertThat(client.awaitAnswer(NONCE).isOk()).isFalse();
      client.expectEnd();
    }
    long seq = join("").publish(1, "the next line").seq();
    assertThat(bob.nextLine()).isEqualTo(new Line(seq, "the next line"));
    assertThat(plain.hear()).isEqualTo("the next line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LINECAST/", "LINECAST/1", "LINECAST/1 my-nonce", "LINECAST/1 my-nonce a"})
  void shouldRelayNoHelloThatTheEndOfInputCutsOff(String part) {
    LineClient plain = joinPlain();
    AckClient client = connect();
    client.sendRaw(part);
    client.halfClose();
    List<String> said = client.textsUntilEnd();
    assertThat(said).allSatisfy(line -> assertThat(line).matches("(LINECAST/1|BYE) .*"));
    join("").publish(1, "the next line");
    assertThat(plain.hear()).isEqualTo("the next line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"L", "LINECAST", "LINECAS/"})
  void shouldRelayWhatOnlyBeginsLikeAHelloAtTheEndOfInput(String part) {
    AckClient bob = join("");
    AckClient client = connect();
    client.sendRaw(part);
    client.halfClose();
    assertThat(bob.nextLine().text()).isEqualTo(part);
    client.expectEnd();
  }

  @Test
  void shouldTakeAHelloThatIsLongerThanTheLongestLine() {
    try (ServerUnderTest strict = ServerUnderTest.start("--max-line", "40");
        Clients there = new Clients(strict)) {
      AckClient client = there.join("token=" + "x".repeat(200));
      assertThat(client.answer().maxLine()).isEqualTo(40);
      assertThat(client.publish(1, "x").seq()).isEqualTo(1);
    }
  }

  private void assertRefused(String hello, String nonce, String... codes) {
    AckClient client = connect();
    client.send(hello);
    Answer answer = client.awaitAnswer(NONCE);
    assertThat(answer.code()).as("%s", answer).isIn((Object[]) codes);
    assertThat(answer.nonce()).as("%s", answer).isEqualTo(nonce);
    client.expectEnd();
  }
}
