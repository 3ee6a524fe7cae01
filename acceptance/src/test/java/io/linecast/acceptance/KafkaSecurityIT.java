package io.linecast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.KafkaNode.Acknowledged;
import io.linecast.client.TestAuthority;
import io.linecast.kafka.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that lets in by TLS only, and whoever has a password. */
@BlackBox
class KafkaSecurityIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "open-sesame";

  @TempDir private static Path folder;

  private static Path authority;
  private static TestBroker broker;

  @BeforeAll
  static void startBroker() throws IOException {
    TestAuthority ca = TestAuthority.named("ca");
    authority = ca.write(folder, "ca");
    Path certificate = ca.issue("RSA", "127.0.0.1").write(folder, "broker");
    broker =
        TestBroker.prepare(folder.resolve("broker"))
            .with(
                Map.of(
                    "listener.security.protocol.map",
                    "CLIENTS:SASL_SSL,DOOR:PLAINTEXT,CONTROLLER:PLAINTEXT",
                    "inter.broker.listener.name",
                    "DOOR",
                    "listener.name.clients.ssl.keystore.type",
                    "PEM",
                    "listener.name.clients.ssl.keystore.certificate.chain",
                    Files.readString(certificate),
                    "listener.name.clients.ssl.keystore.key",
                    Files.readString(folder.resolve("broker.key")),
                    "listener.name.clients.sasl.enabled.mechanisms",
                    "PLAIN",
                    "listener.name.clients.plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " user_ann=\"%s\";".formatted(PASSWORD)));
    broker.startAgain();
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  /** What {@code --kafka-config} names. */
  private static String config(String password) throws IOException {
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " username=\"ann\" password=\"%s\";".formatted(password);
    Path file = folder.resolve(password + ".properties");
    Files.writeString(
        file,
        String.join(
            "\n",
            "security.protocol=SASL_SSL",
            "sasl.mechanism=PLAIN",
            "sasl.jaas.config=" + login,
            "ssl.truststore.type=PEM",
            "ssl.truststore.location=" + authority));
    return file.toString();
  }

  @Test
  void shouldKeepAndHearLinesWithWhatTheFileSays() throws IOException {
    String config = config(PASSWORD);
    try (KafkaNode one = KafkaNode.start(broker, "lines", "--kafka-config", config);
        KafkaNode two = KafkaNode.start(broker, "lines", "--kafka-config", config);
        Acknowledged sender = one.acknowledged("ack=stored listen=no");
        Acknowledged listener = two.acknowledged("from=oldest")) {
      sender.say("SEND 1 a");

      assertThat(sender.hear()).startsWith("SENT 1 1 ");
      assertThat(listener.hear()).isEqualTo("LINE 1 a");
      try (Acknowledged late = two.acknowledged("from=oldest")) {
        assertThat(late.hear()).isEqualTo("LINE 1 a");
      }
      assertThat(one.server().program().output()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void shouldSayWhyItIsNotLetIn() throws IOException {
    String config = config("wrong-password");
    try (Program program =
        KafkaNode.launcher(broker, "lines")
            .with("--port", "0", "--kafka-config", config, "--journal-timeout", "20")
            .program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(18);
      assertThat(program.output())
          .contains(broker.brokers(), "it does not let this server in", "--kafka-config")
          .doesNotContain("wrong-password");
    }
  }

  @Test
  void shouldNotWaitForEverWhereTlsIsNotAskedFor() {
    try (Program program =
        KafkaNode.launcher(broker, "lines")
            .with("--port", "0", "--journal-timeout", "5")
            .program()) {
      assertThat(program.exitCode(PATIENCE)).isEqualTo(18);
      assertThat(program.output()).contains(broker.brokers(), "does not answer");
    }
  }
}
