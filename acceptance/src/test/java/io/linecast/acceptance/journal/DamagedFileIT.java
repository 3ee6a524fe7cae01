package io.linecast.acceptance.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.Program;
import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal's file in which bits have changed while nobody had it open. SQLite has no checksums: a
 * bit within a line's own text is not noticed. But no line is heard under another one's number, and
 * none is left out in silence.
 *
 * <p>{@code -Dlinecast.kills=200} tries so many damages.
 */
@BlackBox
@Timeout(value = 2, unit = TimeUnit.HOURS)
class DamagedFileIT {

  private static final int TIMES = JournalLoad.times(4);
  private static final int LINES = 2_000;
  private static final int MOST_FLIPS = 3;
  private static final int PAGE_BYTES = 4096;
  private static final int PAGE_HEADER_BYTES = 128;
  private static final int FILE_HEADER_BYTES = 100;
  private static final int JOURNAL = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private SplittableRandom random;

  @Test
  void shouldRefuseADamagedFileOrServeWhatIsWhole() throws IOException {
    Path file = folder.resolve("lines.db");
    NavigableMap<Long, String> lines;
    JournalLoad load = new JournalLoad(file);
    System.out.println("a journal is damaged, seed " + load.seed());
    random = load.random();
    try (ServerUnderTest server = load.launcher().start()) {
      load.begin();
      load.awaitAcknowledged(LINES);
      load.endAndCompare();
      lines = load.keptLines();
      assertThat(server.stop()).isZero();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < TIMES; i++) {
      int flips = 1 + random.nextInt(MOST_FLIPS);
      Files.write(file, damaged(whole.clone(), flips));
      outcomes.merge(serve(load, lines, flips), 1, Integer::sum);
    }
    System.out.println("damaged files: " + outcomes);
  }

  /** Some of the bits in the file's header, some in those of its pages, some anywhere. */
  private byte[] damaged(byte[] bytes, int flips) {
    int kind = random.nextInt(4);
    for (int i = 0; i < flips; i++) {
      int page = random.nextInt(bytes.length / PAGE_BYTES);
      int at =
          switch (kind) {
            case 0 -> random.nextInt(FILE_HEADER_BYTES);
            case 1 -> random.nextInt(bytes.length);
            default -> page * PAGE_BYTES + random.nextInt(PAGE_HEADER_BYTES);
          };
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Returns what became of it. */
  private static String serve(JournalLoad load, NavigableMap<Long, String> lines, int flips)
      throws IOException {
    try (Program program = load.launcher().program()) {
      load.awaitUntil("it to start or not", () -> !program.isRunning() || load.isListening());
      if (!program.isRunning()) {
        assertThat(program.exitCode(PATIENCE)).as("%s", program.output()).isEqualTo(JOURNAL);
        assertThat(program.output()).contains("lines.db").doesNotContain("\tat ");
        return "refused at the start";
      }
      String outcome = read(load, lines, flips) + ", " + publish(load);
      program.signal("TERM");
      assertThat(program.exitCode(PATIENCE)).as("%s", program.output()).isZero();
      return outcome;
    }
  }

  private static String read(JournalLoad load, NavigableMap<Long, String> lines, int flips) {
    Map<Long, String> heard = new HashMap<>();
    String end = "read to the end";
    try (Wire wire = new Wire(load.address(), "from=1")) {
      while (heard.size() < lines.size()) {
        String[] words = wire.hear().split(" ", 3);
        if (!words[0].equals("LINE")) {
          end = "read as far as it goes";
          assertThat(words[0] + " " + words[1]).isEqualTo("BYE journal");
          break;
        }
        heard.put(Long.parseLong(words[1]), words[2]);
      }
    } catch (IOException e) {
      end = "not to be read";
    }
    Set<Map.Entry<Long, String>> others = new HashSet<>(heard.entrySet());
    others.removeAll(lines.entrySet());
    for (Map.Entry<Long, String> each : others) {
      assertThat(lines.values()).as("line %d", each.getKey()).doesNotContain(each.getValue());
    }
    assertThat(others).as("lines with other bits").hasSizeLessThanOrEqualTo(flips);
    return others.isEmpty() ? end : end + " with other bits";
  }

  /** What is acknowledged can be read. */
  private static String publish(JournalLoad load) throws IOException {
    try (Wire sender = new Wire(load.address(), "listen=no")) {
      sender.say("SEND 1 after the damage\n");
      String answer = sender.hear();
      if (!answer.startsWith("SENT")) {
        assertThat(answer).startsWith("FAIL 1 journal");
        return "not to be written";
      }
      String line = answer.split(" ", -1)[2];
      try (Wire reader = new Wire(load.address(), "from=" + line)) {
        assertThat(reader.hear()).isEqualTo("LINE " + line + " after the damage");
      }
      return "written";
    }
  }
}
