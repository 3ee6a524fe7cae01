package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.KafkaNode.Acknowledged;
import io.linecast.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that share a topic, and others that read and write it. */
@BlackBox
class KafkaIT {

  @TempDir static Path folder;

  private static TestBroker broker;

  private String topic;
  private KafkaNode one;
  private KafkaNode two;

  @BeforeAll
  static void startBroker() {
    broker = TestBroker.start(folder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startNodes(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    one = KafkaNode.start(broker, topic);
    two = KafkaNode.start(broker, topic);
  }

  @AfterEach
  void stopNodes() {
    one.close();
    two.close();
  }

  @Test
  void shouldGiveTheSameNumbersAtBothAndNoLineToItsSender() {
    try (Acknowledged here = one.acknowledged("ack=stored");
        Acknowledged there = two.acknowledged("ack=stored");
        LineClient plain = one.plain();
        LineClient far = two.plain()) {
      one.awaitPlain(1);
      two.awaitPlain(1);
      assertThat(here.epoch()).isEqualTo(there.epoch()).isNotEmpty();
      here.say("SEND 1 a", "SEND 2 b");
      assertThat(here.hear()).startsWith("SENT 1 1 ");
      assertThat(here.hear()).startsWith("SENT 2 2 ");
      assertThat(there.hear()).isEqualTo("LINE 1 a");
      assertThat(there.hear()).isEqualTo("LINE 2 b");
      there.say("SEND 1 c");
      assertThat(there.hear()).startsWith("SENT 1 3 ");
      plain.send("d");
      assertThat(here.hear()).isEqualTo("LINE 3 c");
      assertThat(here.hear()).isEqualTo("LINE 4 d");
      assertThat(there.hear()).isEqualTo("LINE 4 d");
      far.send("e");
      assertThat(plain.hear(4)).containsExactly("a", "b", "c", "e");
      assertThat(far.hear(4)).containsExactly("a", "b", "c", "d");
      assertThat(one.journal().get("kind").getAsString()).isEqualTo("kafka");
    }
  }

  @Test
  void shouldAnswerANumberThatIsSaidAgainAtTheOtherAsTheFirst() {
    try (Acknowledged listener = two.acknowledged("ack=stored");
        Acknowledged first = one.acknowledged("ack=stored publisher=ann listen=no")) {
      first.say("SEND 7 a", "SEND 8 b");
      assertThat(first.hear()).startsWith("SENT 7 1 ");
      assertThat(first.hear()).startsWith("SENT 8 2 ");
      long line;
      try (Acknowledged again = two.acknowledged("ack=stored publisher=ann listen=no")) {
        again.say("SEND 7 a", "SEND 8 b", "SEND 9 c");
        assertThat(again.hear()).startsWith("SENT 7 1 ");
        assertThat(again.hear()).startsWith("SENT 8 2 ");
        String sent = again.hear();
        assertThat(sent).startsWith("SENT 9 ");
        line = Long.parseLong(sent.split(" ", -1)[2]); // 3, or 5 if a and b are in the log twice
      }
      assertThat(two.post("c\nd\n", "Linecast-Publisher", "ann", "Linecast-Number", "9").body())
          .startsWith("{\"first\":" + line + ",\"last\":" + (line + 1) + ",");
      for (String text : new String[] {"1 a", "2 b", line + " c", (line + 1) + " d"}) {
        assertThat(hearLine(listener)).isEqualTo("LINE " + text);
      }
    }
  }

  @Test
  void shouldMakeOneLineOfANumberThatIsSaidAtBothAtOnce() {
    int numbers = 300;
    String sends =
        IntStream.rangeClosed(1, numbers)
            .mapToObj(n -> "SEND " + n + " text " + n + "\n")
            .reduce("", String::concat);
    try (Acknowledged listener = one.acknowledged("ack=stored");
        Acknowledged here = one.acknowledged("ack=stored publisher=ann listen=no");
        Acknowledged there = two.acknowledged("ack=stored publisher=ann listen=no")) {
      here.client().sendBytes(sends.getBytes(US_ASCII));
      there.client().sendBytes(sends.getBytes(US_ASCII));
      List<String> answers = here.client().hear(numbers);
      List<String> othersAnswers = there.client().hear(numbers);
      for (int i = 0; i < numbers; i++) {
        String[] words = answers.get(i).split(" ");
        assertThat(words).startsWith("SENT", Integer.toString(i + 1));
        assertThat(othersAnswers.get(i)).startsWith("SENT " + (i + 1) + " " + words[2] + " ");
      }
      for (int i = 1; i <= numbers; i++) {
        assertThat(hearLine(listener)).endsWith(" text " + i);
      }
    }
  }

  /** The next line; numbers before it may be void. */
  private static String hearLine(Acknowledged listener) {
    String next = listener.hear();
    while (next.startsWith("GAP")) {
      assertThat(next).endsWith(" void");
      next = listener.hear();
    }
    return next;
  }

  @Test
  void shouldServeWhatOthersWriteOnEachWire() throws InterruptedException {
    SearchPath.assumeThereIs("kcat");
    try (Acknowledged here = one.acknowledged("ack=stored");
        LineClient plain = two.plain()) {
      BlockingQueue<String> messages = two.messages("/ws?from=oldest");
      kcat("printf 'from elsewhere\\n' | kcat -P -b $1 -t $2 -p 0");
      kcat("printf 'k:\\n' | kcat -P -Z -K: -b $1 -t $2 -p 0"); // a tombstone
      kcat("printf 'more\\n' | kcat -P -z gzip -b $1 -t $2 -p 0");

      assertThat(here.client().hear(3))
          .containsExactly("LINE 1 from elsewhere", "GAP 2 2 void", "LINE 3 more");
      assertThat(plain.hear(2)).containsExactly("from elsewhere", "more");
      assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("from elsewhere");
      assertThat(messages.poll(20, TimeUnit.SECONDS)).isEqualTo("more");
      assertThat(one.get("/lines?from=oldest&limit=3").body()).isEqualTo("from elsewhere\nmore\n");
      try (Program curl =
          Program.shell(
              "curl -sN -H 'Accept: text/event-stream' $1", two.server().web("/lines?from=1"))) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> curl.stdoutText().contains("data: more\n"));
        assertThat(curl.stdoutText())
            .contains("data: from elsewhere\n")
            .contains("data: {\"first\":2,\"last\":2,\"reason\":\"void\"}");
      }
    }
  }

  @Test
  void shouldBeReadByOthersWithItsHeaders() {
    SearchPath.assumeThereIs("kcat");
    try (Acknowledged here = one.acknowledged("ack=stored publisher=ann")) {
      here.say("SEND 7 hello");
      assertThat(here.hear()).startsWith("SENT 7 1 ");
      assertThat(two.post("posted\n").statusCode()).isEqualTo(200);
      List<String> records =
          kcat("kcat -C -b $1 -t $2 -p 0 -o beginning -e -q -f '%o|%s|%k|%h\\n'").lines().toList();

      assertThat(records).hasSize(2);
      assertThat(records.getFirst())
          .startsWith("0|hello||")
          .contains("linecast=", "/1,", "channel=main", "origin=", "publisher=ann", "number=7");
      assertThat(records.getLast())
          .startsWith("1|posted||")
          .contains("channel=main")
          .doesNotContain("publisher");
    }
  }

  @Test
  void shouldLetAListenerGoOnAtTheOtherWhereItsOwnIsKilled() {
    String address =
        "linecast://" + Command.address(one.server()) + "," + Command.address(two.server());
    try (Program listener =
            Command.start("listen", address, "--from", "oldest", "--count", "400", "--seq");
        Acknowledged sender = two.acknowledged("ack=stored listen=no")) {
      Command.awaitWords(listener, "hearing");
      for (int i = 1; i <= 400; i++) {
        sender.say("SEND " + i + " text " + i);
        assertThat(sender.hear()).startsWith("SENT " + i + " " + i + " ");
        if (i == 200) {
          one.server().program().signal("KILL");
        }
      }
      Command.expectEnd(listener, 0);
      assertThat(listener.stdoutText().lines().map(it -> it.replaceAll("^(\\d+)\\s.*", "$1")))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 400).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void shouldKeepNumbersAndWhatPublishersHaveSentOverARestart() {
    try (Acknowledged ann = one.acknowledged("ack=stored publisher=ann listen=no")) {
      ann.say("SEND 7 a");
      assertThat(ann.hear()).startsWith("SENT 7 1 ");
    }
    String epoch;
    try (Acknowledged last = one.acknowledged("ack=stored")) {
      epoch = last.epoch();
    }
    assertThat(one.server().stop()).isZero();
    assertThat(two.server().stop()).isZero();
    try (KafkaNode again = KafkaNode.start(broker, topic);
        Acknowledged ann = again.acknowledged("ack=stored publisher=ann from=oldest");
        Acknowledged other = again.acknowledged("ack=stored from=1 epoch=" + epoch)) {
      assertThat(other.hear()).isEqualTo("LINE 1 a");
      ann.say("SEND 7 a", "SEND 8 b");
      assertThat(ann.hear()).startsWith("SENT 7 1 ");
      assertThat(ann.hear()).startsWith("SENT 8 2 ");
      assertThat(other.hear()).isEqualTo("LINE 2 b");
    }
  }

  /** Runs a script of the shell with the broker and the topic; what it has written. */
  private String kcat(String script) {
    try (Program run = Program.shell("set -e; " + script, broker.brokers(), topic)) {
      assertThat(run.exitCode(Duration.ofSeconds(30))).as(run.report()).isZero();
      return run.stdoutText();
    }
  }
}
