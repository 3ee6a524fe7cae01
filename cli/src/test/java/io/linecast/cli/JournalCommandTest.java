package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class JournalCommandTest {

  private static final int USAGE = 2;
  private static final int FILE = 6;
  private static final int JOURNAL = 18;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private String file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lines.db").toString();
  }

  private int journal(String command, String... arguments) {
    return execute(Linecast.commandLine(), words(command, arguments));
  }

  private String[] words(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "journal";
    all[1] = command;
    all[2] = file;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return all;
  }

  private int execute(CommandLine command, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(words);
  }

  private int exportTo(Supplier<OutputStream> output, String... arguments) {
    CommandLine command = new CommandLine(new JournalExportCommand(output));
    command.setExecutionExceptionHandler(Failures::onFailure);
    String[] words = new String[arguments.length + 1];
    words[0] = file;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return execute(command, words);
  }

  private String exported(String... arguments) {
    lines.reset();
    assertThat(exportTo(() -> lines, arguments)).as(err.toString()).isZero();
    return lines.toString(StandardCharsets.ISO_8859_1);
  }

  private int imported(String text, String... arguments) throws IOException {
    Path input = folder.resolve("input");
    Files.writeString(input, text, StandardCharsets.ISO_8859_1);
    String[] all = new String[arguments.length + 1];
    all[0] = input.toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return journal("import", all);
  }

  @Test
  void shouldMakeAFileOfLinesAndGiveThemBackByteForByte() throws IOException {
    String text = "a\r\n\n\0\u00ff\u0080\u00c3(\nlast";
    assertThat(imported(text)).as(err.toString()).isZero();
    assertThat(err.toString()).contains("4 lines imported, as 1 to 4 of channel main");
    assertThat(exported()).isEqualTo(text + "\n");
    assertThat(imported("more\n")).isZero();
    assertThat(err.toString()).contains("1 line imported, as 5 to 5");
    assertThat(exported("--from", "5")).isEqualTo("more\n");
    assertThat(journal("check")).isZero();
    assertThat(out.toString()).contains("all is well");
  }

  @ParameterizedTest
  @CsvSource({
    "'--from oldest --to oldest', 1",
    "'--from 2 --to 3', 23",
    "'--from -2', 45",
    "'--to -2', 1234",
    "'--to 99', 12345",
    "'--from 6', ''",
    "'--from 99', ''",
    "'--from 2026-01-01T00:00:02Z --to 2026-01-01T00:00:04Z', 23",
    "'--from 2026-01-01T00:00:01.5Z --to 2027-01-01T00:00:00+01:00', 2345",
    "'--from 2027-01-01T00:00:00Z', ''",
  })
  void shouldWriteWhatLiesBetweenTwoPlaces(String options, String expected) throws IOException {
    StringBuilder objects = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      objects.append("{\"time\":\"2026-01-01T00:00:0%dZ\",\"line\":\"%d\"}\n".formatted(i, i));
    }
    assertThat(imported(objects.toString(), "--json")).as(err.toString()).isZero();
    assertThat(exported(options.split(" ")).replace("\n", "")).isEqualTo(expected);
  }

  @Test
  void shouldCarryAllThatIsKnownOfALineFromFileToFile() throws IOException {
    String objects =
        """
        {"seq":1,"time":"2026-01-01T00:00:01.007Z","publisher":"ann","number":7,"origin":"a:1","line":"x\\u0000\\"é"}
        {"seq":2,"time":"2026-01-01T00:00:02Z","base64":"/wA="}
        {"seq":3,"time":"2026-01-01T00:00:02Z","number":7,"line":"a"}
        {"seq":4,"time":"2026-01-01T00:00:02Z","number":7,"origin":"a:2","line":"b"}
        """;
    assertThat(imported(latin(objects), "--json", "--channel", "ships")).isZero();
    assertThat(exported("--json", "--channel", "ships")).isEqualTo(latin(objects));
    assertThat(exported("--channel", "ships")).isEqualTo(latin("x\0\"é\n") + "\u00ff\0\na\nb\n");
    assertThat(imported(latin(objects), "--json", "--channel", "ships")).isEqualTo(FILE);
    assertThat(err.toString())
        .contains("line 1: publisher ann has sent number 7 before", "nothing was imported");
    assertThat(journal("check")).isZero();
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "[]",
        "{}",
        "{\"line\":1}",
        "{\"line\":\"a\",\"base64\":\"\"}",
        "{\"line\":\"a\\nb\"}",
        "{\"line\":\"a\\ud800b\"}",
        "{\"base64\":\"?\"}",
        "{\"line\":\"a\",\"time\":\"noon\"}",
        "{\"line\":\"a\",\"number\":-1}",
        "{\"line\":\"a\",\"number\":1.5}",
        "{\"line\":\"a\",\"publisher\":\"p\",\"number\":0}",
        "{\"line\":\"a\",\"publisher\":\"p\",\"number\":\"many\"}",
        "{\"line\":\"a\",\"publisher\":\"no name\"}",
        "\u00ff",
      })
  void shouldSayWhichLineIsWrongAndImportNothing(String second) throws IOException {
    assertThat(imported("{\"line\":\"good\"}\n" + second + "\n", "--json")).isEqualTo(FILE);
    assertThat(err.toString()).contains("input, line 2: ", "nothing was imported");
    journal("info");
    assertThat(out.toString()).contains("no channels yet");
  }

  @Test
  void shouldTakeLinesUpToTheLimitAndNoLongerOne() throws IOException {
    assertThat(imported("123\n1234\n", "--max-line", "4")).isEqualTo(FILE);
    assertThat(err.toString())
        .contains("line 2: it is too long: 4 bytes; at most 3", "nothing was imported");
    assertThat(imported("123\n", "--max-line", "4")).isZero();
    assertThat(imported("{\"line\":\"1234\"}", "--json", "--max-line", "4")).isEqualTo(FILE);
    assertThat(exported()).isEqualTo("123\n");
  }

  @Test
  void shouldTellPeopleAndProgramsWhatAFileHas() throws IOException {
    imported("{\"publisher\":\"ann\",\"number\":1,\"line\":\"12345\"}\n", "--json");
    imported("x\n", "--channel", "ships");
    assertThat(journal("info")).isZero();
    assertThat(out.toString())
        .contains("no server has it open")
        .containsPattern("main +1 +1 +1 +6 B");
    assertThat(journal("info", "--json")).isZero();
    assertThat(out.toString())
        .contains("\"open\": false", "\"channel\": \"ships\"", "\"publishers\": 1", "\"last\": 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "check", "export"})
  void shouldSayWhatIsNoJournal(String command) throws IOException {
    assertThat(journal(command)).isEqualTo(JOURNAL);
    assertThat(err.toString()).contains(file, "there is no such file").doesNotContain("Exception");
    Files.writeString(Path.of(file), "these are no tables, and it is a file of some length\n");
    assertThat(journal(command)).isEqualTo(JOURNAL);
    assertThat(err.toString()).contains(file, "no SQLite file").doesNotContain("Exception");
    assertThat(imported("x\n")).isEqualTo(JOURNAL);
    assertThat(err.toString()).contains("no SQLite file").doesNotContain("Exception");
  }

  @Test
  void shouldSayWhichChannelsThereAre() throws IOException {
    imported("x\n", "--channel", "ships");
    assertThat(journal("export")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("no channel main; it has: ships");
    assertThat(imported("x\n", "--channel", "no name")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("'no name'");
  }

  @Test
  void shouldTellOfDamage() throws IOException {
    imported(("0123456789".repeat(50) + "\n").repeat(1_000));
    byte[] bytes = Files.readAllBytes(Path.of(file));
    byte[] noise = HexFormat.of().parseHex("deadbeef".repeat(2_000));
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
    Files.write(Path.of(file), bytes);
    assertThat(journal("check")).isEqualTo(JOURNAL);
    assertThat(err.toString()).contains("is damaged").doesNotContain("\tat ");
  }

  @Test
  void shouldEndQuietlyWhenNobodyReadsAnyMore() throws IOException {
    imported("x\n");
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(exportTo(() -> gone)).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "check", "export", "import"})
  void shouldDescribeEachCommandWithExamples(String name) {
    assertThat(execute(Linecast.commandLine(), "journal", name, "--help")).isZero();
    assertThat(out.toString())
        .contains("Exit codes: 0", "Examples:", "linecast journal " + name + " lines.db");
  }
}
