package io.linecast.core;

import static io.linecast.core.KeptChannel.KEPT;
import static io.linecast.core.KeptChannel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears of numbers that no line has, where it reads from the journal. */
class VoidRecallTest {

  private static final Pattern GAP = Pattern.compile("GAP (\\d+) (\\d+) void");

  /** At the beginning, where a chunk may end, amid lines, and in what the feed has too. */
  private static final Set<Integer> VOID =
      new TreeSet<>(List.of(1, 4096, 4097, 5000, 5001, 5002, 9998));

  private final FakeHistory history = new FakeHistory();

  @BeforeEach
  void leaveOut() {
    VOID.forEach(history::miss);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4096, 4097, 4098, 5000, 5001, 5002, 5003, 9997, 9998, 9999})
  void shouldBeToldOfThemFromThereOn(int first) {
    OneLoopChannel test = restarted();
    FakeSink sink = new FakeSink();
    Subscriber client = test.arrive(sink, new From.Line(first));
    test.runAll();
    test.publish(null, text(KEPT + 1));

    assertThat(heard(sink)).isEqualTo(expected(first));
    int lines = KEPT + 2 - first - (int) VOID.stream().filter(n -> n >= first).count();
    assertThat(client.account()).isEqualTo(new Account(lines, lines, 0, 0));
    assertThat(sink.gapReasons()).isSubsetOf(GapReason.VOID);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 14, 15, 16, 40})
  void shouldBeOwedThemLikeLinesWhereverTheSocketIsFull(int roomBytes) {
    OneLoopChannel test = restarted();
    FakeSink sink = new FakeSink(roomBytes);
    Subscriber client = test.arrive(sink, new From.Line(4096));
    test.runAll();
    assertThat(client.account().balances()).isTrue();
    sink.makeRoom(Long.MAX_VALUE / 2, client);
    test.runAll();
    test.publish(null, text(KEPT + 1));

    assertThat(heard(sink)).isEqualTo(expected(4096));
    assertThat(client.account().pending()).isZero();
    assertThat(client.account().balances()).isTrue();
  }

  @Test
  void shouldHearNothingOfThemWithoutNumbers() {
    OneLoopChannel test = restarted();
    FakeSink sink = new FakeSink();
    test.join(sink, 5);

    assertThat(sink.received()).isEqualTo(text(9996) + text(9997) + text(9999) + text(10_000));
    assertThat(sink.gaps()).isEmpty();
  }

  private OneLoopChannel restarted() {
    return KeptChannel.restarted(history, SlowPolicy.DISCONNECT, Archive.DEFAULT_BYTES);
  }

  /** Each line, and each number that it was told is void, in their order. */
  private static String heard(FakeSink sink) {
    StringBuilder heard = new StringBuilder();
    sink.received().lines().forEach(line -> addHeard(heard, line));
    String words = heard.toString();
    for (String gap : sink.gaps()) { // told beside the feed
      int first = Integer.parseInt(gap.substring(0, gap.indexOf('-')));
      int at = words.indexOf("LINE " + (first + 1) + " ");
      words = words.substring(0, at) + "void " + first + "\n" + words.substring(at);
    }
    return words;
  }

  private static void addHeard(StringBuilder heard, String line) {
    Matcher gap = GAP.matcher(line);
    if (gap.matches()) {
      for (int i = Integer.parseInt(gap.group(1)); i <= Integer.parseInt(gap.group(2)); i++) {
        heard.append("void ").append(i).append('\n');
      }
    } else {
      heard.append(line).append('\n');
    }
  }

  private static String expected(int first) {
    StringBuilder words = new StringBuilder();
    for (int i = first; i <= KEPT + 1; i++) {
      words.append(VOID.contains(i) ? "void " + i + "\n" : "LINE " + i + " " + text(i));
    }
    return words.toString();
  }
}
