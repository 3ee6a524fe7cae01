package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can be thrown at a port is thrown at it, while others are served: all their lines
 * arrive, and connections, descriptors and memory return to where they were. Writes what became of
 * whom to {@code target/attacks.md}.
 */
@BlackBox
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource(Fortress.Kind.class)
class AbuseIT {

  private static final Path TABLE = Path.of("target", "attacks.md");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What the JVM may have grown by that has nothing to do with any client. */
  private static final long MEMORY_SLACK_BYTES = 160L << 20;

  private static final List<String> ROWS = new ArrayList<>();
  private static Fortress fortress;
  private static int descriptorsBefore;
  private static long residentBefore;

  @Parameter Fortress.Kind kind;

  @BeforeParameterizedClassInvocation
  static void begin(Fortress.Kind kind) throws IOException {
    fortress = Fortress.start(kind);
    descriptorsBefore = fortress.descriptors();
    residentBefore = fortress.residentBytes();
  }

  @AfterParameterizedClassInvocation
  static void end() throws IOException {
    try (Fortress last = fortress) {
      assertThat(last.residentBytes() - residentBefore)
          .as("memory that is not given back")
          .isLessThan(MEMORY_SLACK_BYTES);
      assertThat(last.stop()).as("exit code after all that").isZero();
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| port | attack | what became of the attacker | the healthy meanwhile |");
    lines.add("|---|---|---|---|");
    lines.addAll(ROWS);
    Files.write(TABLE, lines);
  }

  static Stream<Attack> onLines() {
    return LineAttacks.all().stream();
  }

  static Stream<Attack> onWeb() {
    return WebAttacks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("onLines")
  void shouldServeTheOthersUnderAnAttackOnLines(Attack attack) throws IOException {
    endure(attack, kind.linePort(), () -> fortress.openLines());
  }

  @ParameterizedTest
  @MethodSource("onWeb")
  void shouldServeTheOthersUnderAnAttackOnTheWeb(Attack attack) throws IOException {
    endure(attack, kind.webPort(), () -> fortress.openWeb());
  }

  /** One that has done harm does not spoil the others: they get a server that was not attacked. */
  private void endure(Attack attack, String port, Supplier<Attacker> door) throws IOException {
    try {
      attack(attack, port, door);
    } catch (AssertionError | RuntimeException harm) {
      fortress.close();
      begin(kind);
      throw harm;
    }
  }

  private static void attack(Attack attack, String port, Supplier<Attacker> door) {
    HealthyClients healthy = fortress.healthy();
    long before = healthy.sent();
    healthy.longestWait();
    Outcome outcome = attack.act().run(door);
    healthy.assertUnharmed();
    long during = healthy.sent() - before;
    assertThat(attack.expected().isMetBy(outcome))
        .as("%s was to be %s: %s", attack, attack.expected().words(), outcome)
        .isTrue();
    await("descriptors as before")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(fortress.descriptors()).isLessThanOrEqualTo(descriptorsBefore));
    ROWS.add(
        "| %s | %s | %s | all of %,d lines to each of %d, %d ms behind at most |"
            .formatted(
                port,
                attack,
                outcome.words(),
                during,
                healthy.count(),
                healthy.longestWait().toMillis()));
  }
}
