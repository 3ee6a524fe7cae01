package io.linecast.acceptance.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can be thrown at a port is thrown at it, while others are served: all their lines
 * arrive, and connections, descriptors and memory return to where they were. Writes what became of
 * whom to {@code target/attacks.md}.
 */
@BlackBox
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class AbuseIT {

  private static final Path TABLE = Path.of("target", "attacks.md");

  private static final List<String> ROWS = new ArrayList<>();
  private static final Map<Fortress.Kind, Siege> SIEGES = new EnumMap<>(Fortress.Kind.class);

  @BeforeAll
  static void begin() {
    for (Fortress.Kind kind : Fortress.Kind.values()) {
      Siege siege = new Siege(kind);
      SIEGES.put(kind, siege);
      Thread.ofPlatform().daemon().name("siege-" + kind).start(siege);
    }
  }

  static Stream<Siege.Assault> assaults() {
    return Arrays.stream(Fortress.Kind.values()).flatMap(Siege::assaultsOn);
  }

  @ParameterizedTest
  @MethodSource("assaults")
  void shouldServeTheOthersUnderAnAttack(Siege.Assault assault)
      throws InterruptedException, TimeoutException {
    String row = siegeOf(assault.kind()).row(assault);
    assertThat(row).contains(assault.gate().port());
    ROWS.add(row);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveMemoryBackAndStopInOrderAfterAllOfThem(Fortress.Kind kind)
      throws InterruptedException, TimeoutException {
    assertThat(siegeOf(kind).grownBytes())
        .as("memory that is not given back")
        .isLessThan(Siege.slackBytes());
  }

  /** Which state of the sources was attacked; a copy without their history does not know. */
  private static String commit() throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
    return said.matches("[0-9a-zA-Z.-]+") ? said : "an unknown commit";
  }

  private static Siege siegeOf(Fortress.Kind kind) {
    return Objects.requireNonNull(SIEGES.get(kind));
  }

  @AfterAll
  static void writeTable() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("Of %s, at %s:".formatted(LocalDate.now(ZoneOffset.UTC), commit()));
    lines.add("");
    lines.add("| port | attack | what became of the attacker | the healthy meanwhile |");
    lines.add("|---|---|---|---|");
    lines.addAll(ROWS);
    Files.write(TABLE, lines);
  }
}
