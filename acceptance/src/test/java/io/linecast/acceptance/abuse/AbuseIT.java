package io.linecast.acceptance.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.linecast.acceptance.BlackBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can be thrown at a port is thrown at it, while others are served: all their lines
 * arrive, and connections, descriptors and memory return to where they were. Writes what became of
 * whom to {@code target/attacks.md}.
 */
@BlackBox
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AbuseIT {

  private static final Path TABLE = Path.of("target", "attacks.md");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What the JVM may have grown by that has nothing to do with any client. */
  private static final long MEMORY_SLACK_BYTES = 160L << 20;

  private static final List<String> ROWS = new ArrayList<>();
  private static Fortress.@Nullable Kind kind;
  private static @Nullable Fortress fortress;
  private static int descriptorsBefore;
  private static long residentBefore;

  /** An attack, and the port that it is on. */
  record Assault(Fortress.Kind kind, Fortress.Gate gate, Attack attack) {

    @Override
    public String toString() {
      return gate.port() + ": " + attack;
    }
  }

  static Stream<Assault> assaults() {
    return Arrays.stream(Fortress.Kind.values())
        .flatMap(
            kind ->
                kind.gates().stream()
                    .flatMap(
                        gate ->
                            gate.attacks().stream()
                                .map(attack -> new Assault(kind, gate, attack))));
  }

  /** One that has done harm does not spoil the others: they get a server that was not attacked. */
  @ParameterizedTest
  @MethodSource("assaults")
  void shouldServeTheOthersUnderAnAttack(Assault assault) throws IOException {
    if (kind != assault.kind()) {
      end();
      begin(assault.kind());
    }
    try {
      endure(Objects.requireNonNull(fortress), assault);
    } catch (AssertionError | RuntimeException harm) {
      Objects.requireNonNull(fortress).close();
      begin(assault.kind());
      throw harm;
    }
  }

  private static void begin(Fortress.Kind next) throws IOException {
    Fortress begun = Fortress.start(next);
    descriptorsBefore = begun.descriptors();
    residentBefore = begun.residentBytes();
    fortress = begun;
    kind = next;
  }

  private static void end() throws IOException {
    try (Fortress last = fortress) {
      if (last != null) {
        assertThat(last.residentBytes() - residentBefore)
            .as("memory that is not given back")
            .isLessThan(MEMORY_SLACK_BYTES);
        assertThat(last.stop()).as("exit code after all that").isZero();
      }
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    end();
    List<String> lines = new ArrayList<>();
    lines.add("| port | attack | what became of the attacker | the healthy meanwhile |");
    lines.add("|---|---|---|---|");
    lines.addAll(ROWS);
    Files.write(TABLE, lines);
  }

  private static void endure(Fortress here, Assault assault) {
    Attack attack = assault.attack();
    HealthyClients healthy = here.healthy();
    long before = healthy.sent();
    healthy.longestWait();
    Outcome outcome = attack.act().run(() -> here.open(assault.gate()));
    healthy.assertUnharmed();
    long during = healthy.sent() - before;
    assertThat(attack.expected().isMetBy(outcome))
        .as("%s was to be %s: %s", attack, attack.expected().words(), outcome)
        .isTrue();
    await("descriptors as before")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(here.descriptors()).isLessThanOrEqualTo(descriptorsBefore));
    ROWS.add(
        "| %s | %s | %s | all of %,d lines to each of %d, %d ms behind at most |"
            .formatted(
                assault.gate().port(),
                attack,
                outcome.words(),
                during,
                healthy.count(),
                healthy.longestWait().toMillis()));
  }
}
