package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.KafkaNode.Acknowledged;
import io.linecast.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that is not there, goes, and comes again. */
@BlackBox
@Timeout(240)
class KafkaTroubleIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void shouldFailSendersKeepListenersAndGoOnByItself() {
    try (TestBroker broker = TestBroker.start(folder);
        KafkaNode node = KafkaNode.start(broker, "lines", "--journal-timeout", "6");
        Acknowledged client = node.acknowledged("ack=stored");
        LineClient listener = node.plain();
        LineClient plain = node.plain()) {
      node.awaitPlain(2);
      client.say("SEND 1 a");
      assertThat(client.hear()).startsWith("SENT 1 1 ");
      assertThat(listener.hear()).isEqualTo("a");
      assertThat(plain.hear()).isEqualTo("a");
      assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);

      broker.stop();
      plain.send("kept");
      client.say("SEND 2 b");
      assertThat(client.hear()).isEqualTo("FAIL 2 journal");
      await().atMost(PATIENCE).until(() -> node.get("/health/ready").statusCode() == 503);
      assertThat(node.post("c\n").statusCode()).isEqualTo(503);
      await().atMost(PATIENCE).until(() -> !node.journal().get("working").getAsBoolean());
      assertThat(node.journal().get("trouble").getAsString()).contains(broker.brokers());
      assertThat(node.get("/metrics").body())
          .containsPattern("linecast_journal_up\\{channel=\"main\"\\} 0(\\.0)?\n");
      assertThat(listener.isClosedWithin(Duration.ofMillis(100))).isFalse();

      broker.startAgain();
      await().atMost(PATIENCE).until(() -> node.get("/health/ready").statusCode() == 200);
      assertThat(listener.hear()).isEqualTo("kept");
      client.say("SEND 3 d");
      assertThat(client.hear()).isEqualTo("LINE 2 kept");
      assertThat(client.hear()).startsWith("SENT 3 3 ");
      assertThat(listener.hear()).isEqualTo("d");
      assertThat(plain.hear()).isEqualTo("d");
      await().atMost(PATIENCE).until(() -> node.journal().get("lagLines").getAsLong() == 0);
      assertThat(node.journal().get("failures").getAsLong()).isPositive();
      assertThat(node.get("/health/ready").body()).isEqualTo("ok\njournal: 0 lines behind\n");
    }
  }

  @Test
  void shouldWaitForItAtTheStart() {
    try (TestBroker broker = TestBroker.prepare(folder);
        Program program = KafkaNode.launcher(broker, "lines").with("--port", "0").program()) {
      await().until(() -> program.isRunning());
      broker.startAgain();
      await()
          .atMost(PATIENCE)
          .until(() -> program.output().contains("listening on ") || !program.isRunning());
      assertThat(program.output()).contains("listening on ");
    }
  }

  @Test
  void shouldEndWhereItIsNotThereInTime() {
    try (TestBroker broker = TestBroker.prepare(folder);
        Program program =
            KafkaNode.launcher(broker, "lines").with("--journal-timeout", "2").program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(18);
      assertThat(program.output()).contains(broker.brokers(), "does not answer");
    }
  }

  @Test
  void shouldRefuseWhatIsNotForIt() {
    try (Program program =
        new ServerLauncher().with("--port", "0", "--kafka-replication", "3").program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(2);
      assertThat(program.output()).contains("--kafka-replication", "--journal kafka:");
    }
    try (Program program =
        new ServerLauncher().with("--port", "0", "--journal", "kafka:here").program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(2);
      assertThat(program.output()).contains("kafka:localhost:9092/lines");
    }
  }
}
