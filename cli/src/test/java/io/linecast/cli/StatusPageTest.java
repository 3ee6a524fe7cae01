package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.cli.PageRow.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {

  private static final int WIDE = 140;
  private static final int HIGH = 40;

  @Test
  void shouldShowEverythingWhereThereIsRoom() {
    assertThat(texts(screen(StatusSamples.view(StatusSamples.BUSY), WIDE, 20)))
        .containsExactly(
            "linecast 1.2.3  up 3 d 4 h  12:00:00  http://127.0.0.1:8234",
            "connections 4,271: plain 3,999, acknowledged 212, websocket 57, events 2, http 1",
            "",
            "CHANNEL  LINES/S IN  DELIVERIES/S  CLIENTS      KEPT  WINDOW  WORST LAG      P50    P99"
                + "  MAX LATENCY  JOURNAL",
            "main         40,000         160 M    4,268  63.9 MiB  64 MiB   1.24 MiB  0.41 ms  38 ms"
                + "        1.7 s  sqlite, 1.5 KiB wait, 12 behind",
            "weather           -             -        3       0 B  64 MiB        0 B        -      -"
                + "            -  memory",
            "",
            "SLOWEST CLIENT    WIRE       CHANNEL  LINES BEHIND  BYTES BEHIND  TIME BEHIND"
                + "  SEND QUEUE",
            "192.0.2.17:41000  plain      main           18,000      1.24 MiB       841 ms"
                + "       1 KiB",
            "192.0.2.18:41000  events     main           20,000      1.14 MiB   1 min 10 s"
                + "           -",
            "192.0.2.16:41000  websocket  weather             5         300 B         1 ms"
                + "     256 KiB",
            "",
            "CLOSED LATELY        ADDRESS             WIRE    REASON",
            "11:59:30             198.51.100.7:52000  plain   left",
            "11:59:00             198.51.100.9:52000  plain   slow",
            "2026-01-30 08:00:00  -                   events  idle",
            "",
            "",
            "",
            "q leave  p pause  s sort (by bytes behind)  ? help");
  }

  @Test
  void shouldLeaveOutWhatMattersLeastWhereItIsNarrow() {
    List<PageRow> rows = screen(StatusSamples.view(StatusSamples.BUSY), 50, HIGH);
    assertThat(texts(rows))
        .contains(
            "CHANNEL  LINES/S IN  DELIVERIES/S  CLIENTS",
            "main         40,000         160 M    4,268",
            "SLOWEST CLIENT    BYTES BEHIND  TIME BEHIND",
            "connections 4,271: plain 3,999, acknowledged 212,",
            "websocket 57, events 2, http 1");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 40", "20, 2", "80, 5", "80, 8", "80, 12", "200, 100", "3, 0"})
  void shouldFillTheScreenAndNoMore(int width, int height) {
    for (String json : List.of(StatusSamples.BUSY, StatusSamples.EMPTY)) {
      TopView view = StatusSamples.view(json);
      assertThat(screen(view, width, height)).hasSize(height);
      assertThat(screen(view.press('?'), width, height)).hasSize(height);
    }
  }

  @Test
  void shouldShareTheRowsOfALowScreen() {
    List<String> rows = texts(screen(StatusSamples.view(StatusSamples.BUSY), WIDE, 12));
    assertThat(rows)
        .anyMatch(row -> row.startsWith("main "))
        .anyMatch(row -> row.startsWith("192.0.2.17:41000 "))
        .anyMatch(row -> row.startsWith("11:59:30 "));
    assertThat(rows.getLast()).startsWith("q leave");
  }

  @Test
  void shouldSayThatThereIsNothing() {
    List<String> rows = texts(screen(StatusSamples.view(StatusSamples.EMPTY), WIDE, HIGH));
    assertThat(rows.getFirst()).startsWith("linecast -  up -");
    assertThat(rows).contains("no channel", "no client is behind", "none was closed");
  }

  @Test
  void shouldSayLoudlyWhatIsTheMatterWithTheServer() {
    String json = "{\"draining\":true,\"overloaded\":true,\"channels\":[]}";
    assertThat(screen(StatusSamples.view(json), WIDE, HIGH))
        .filteredOn(row -> row.tone() == Tone.WARNING)
        .extracting(PageRow::text)
        .satisfiesExactly(
            row -> assertThat(row).startsWith("DRAINING"),
            row -> assertThat(row).startsWith("OVERLOADED"));
  }

  @Test
  void shouldNameTheLimitsThatWereReached() {
    String json =
        """
        {"limited":{"max-connections":0,"max-per-address":1200,"max-memory":1,"\\u001b":"odd"},
         "channels":[]}""";
    assertThat(texts(screen(StatusSamples.view(json), WIDE, HIGH)))
        .contains("limits reached: --max-per-address 1,200, --max-memory 1");
    assertThat(texts(screen(StatusSamples.view(StatusSamples.EMPTY), WIDE, HIGH)))
        .noneMatch(row -> row.startsWith("limits"));
  }

  @Test
  void shouldSayLoudlyWhichJournalsAreInTrouble() {
    String json =
        """
        {"channels":[
         {"name":"main","journal":{"kind":"sqlite","working":false,"trouble":"the disk\\nis full"}},
         {"name":"ships","journal":{"kind":"sqlite","working":false,"trouble":"the disk\\nis full"}},
         {"name":"log","journal":{"kind":"sqlite","working":false,"trouble":null}},
         {"name":"old"}]}
        """;
    List<PageRow> rows = screen(StatusSamples.view(json), WIDE, HIGH);
    assertThat(rows)
        .filteredOn(row -> row.tone() == Tone.WARNING)
        .extracting(PageRow::text)
        .containsExactly(
            "JOURNAL IN TROUBLE (main, ships): the disk\u240ais full",
            "JOURNAL IN TROUBLE (log): -");
    assertThat(texts(rows))
        .anySatisfy(row -> assertThat(row).matches("main .* sqlite IN TROUBLE"))
        .anySatisfy(row -> assertThat(row).matches("old .* -"));
  }

  @Test
  void shouldKeepTheLastFiguresFaintlyWhileThereIsNoConnection() {
    TopView view = StatusSamples.view(StatusSamples.BUSY);
    TopView lost = view.with(view.shown().lost("refused \u001b[2J"));
    List<PageRow> rows = StatusPage.screen(lost, StatusSamples.NOW.plusSeconds(75), WIDE, HIGH);
    assertThat(rows.get(2))
        .isEqualTo(
            new PageRow(Tone.WARNING, "NO CONNECTION for 1 min 15 s, trying again: refused ␛[2J"));
    assertThat(rows.subList(3, 17)).extracting(PageRow::tone).containsOnly(Tone.FAINT);
    assertThat(texts(rows)).anyMatch(row -> row.startsWith("main  "));
  }

  @Test
  void shouldSortTheSlowestByWhatIsWanted() {
    TopView view = StatusSamples.view(StatusSamples.BUSY);
    assertThat(slowest(view)).containsExactly("17", "18", "16");
    TopView lines = view.press('s');
    assertThat(slowest(lines)).as("lines").containsExactly("18", "17", "16");
    TopView time = lines.press('s');
    assertThat(slowest(time)).as("time").containsExactly("18", "17", "16");
    TopView queue = time.press('s');
    assertThat(slowest(queue))
        .as("send queue, of which one is unknown")
        .containsExactly("16", "17", "18");
    TopView address = queue.press('s');
    assertThat(slowest(address)).as("address").containsExactly("16", "17", "18");
    assertThat(texts(screen(address, WIDE, HIGH)).getLast()).contains("(by address)");
    assertThat(address.press('s').order()).isEqualTo(SlowestOrder.BYTES);
  }

  @Test
  void shouldHelp() {
    List<String> rows = texts(screen(StatusSamples.view(StatusSamples.BUSY).press('?'), 60, HIGH));
    assertThat(rows).contains("q, Ctrl-C  leave").noneMatch(row -> row.startsWith("main"));
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSizeLessThanOrEqualTo(60));
    assertThat(rows.getLast()).isEqualTo("? back  q leave");
  }

  @Test
  void shouldNotLetAServersWordsPlayWithTheScreen() {
    String evil = "\\u001b]0;owned\\u0007\\r\\n\\u202e" + "x".repeat(100_000);
    String json =
        "{'version':'EVIL','connections':{'EVIL':1},'channels':[{'name':'EVIL','clients':1e300}],"
            + "'slowest':[{'address':'EVIL','wire':'EVIL'}],"
            + "'closed':[{'at':'EVIL','address':'EVIL','reason':'EVIL'}]}";
    TopView view = StatusSamples.view(json.replace("EVIL", evil).replace('\'', '"'));
    List<String> rows = texts(screen(view, WIDE, HIGH));
    assertThat(rows)
        .hasSize(HIGH)
        .allSatisfy(row -> assertThat(row).doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
    assertThat(rows.get(0)).contains("␛]0;owned␇␍␊\uFFFDxxx").hasSizeLessThan(WIDE);
    assertThat(rows)
        .filteredOn(row -> row.startsWith("␛]0;owned"))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).hasSizeLessThanOrEqualTo(WIDE).contains("…"));
  }

  @Test
  void shouldWriteAllOfItOnPaper() {
    assertThat(StatusPage.paper(StatusSamples.view(StatusSamples.BUSY), StatusSamples.NOW))
        .hasSize(16)
        .anyMatch(row -> row.startsWith("CHANNEL") && row.endsWith("JOURNAL"))
        .last()
        .asString()
        .endsWith("idle");
  }

  private static List<String> slowest(TopView view) {
    return texts(screen(view, WIDE, HIGH)).stream()
        .filter(row -> row.startsWith("192.0.2."))
        .map(row -> row.substring(8, 10))
        .toList();
  }

  private static List<PageRow> screen(TopView view, int width, int height) {
    return StatusPage.screen(view, StatusSamples.NOW, width, height);
  }

  private static List<String> texts(List<PageRow> rows) {
    return rows.stream().map(PageRow::text).toList();
  }
}
