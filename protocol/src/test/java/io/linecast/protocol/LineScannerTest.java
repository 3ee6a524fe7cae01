package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScannerTest {

  private static final int LIMIT_BYTES = 16;

  /** 15, 16 and 17 bytes with the line feed: under, at and over the limit. */
  private static final String UNDER = "fourteen bytes\n";

  private static final String AT = "fifteen bytes !\n";
  private static final String OVER = "sixteen bytes !!\n";

  /** Everything a line can be, and an unfinished one. */
  private static final String STREAM =
      "\n\nplain\ncr\r\n\r\n\0\0nul\0\n\u0080\u008a\u00ff\n"
          + UNDER
          + AT
          + OVER
          + "x\n"
          + OVER
          + OVER
          + AT
          + "far, far over the limit, more than two of it together\n"
          + "\n"
          + UNDER
          + "rest";

  @Test
  void shouldHandOnALineWithItsLineFeed() {
    assertThat(scanned("one\n")).containsExactly("one\n");
  }

  @Test
  void shouldTakeAnEmptyLineForALine() {
    assertThat(scanned("\n\n")).containsExactly("\n", "\n");
  }

  @Test
  void shouldKeepEveryByteButTheLineFeedAsData() {
    assertThat(scanned("a\r\n\0\u00ff\n")).containsExactly("a\r\n", "\0\u00ff\n");
  }

  @Test
  void shouldAddTheLineFeedToAnUnfinishedLastLine() {
    assertThat(scanned("one\ntwo")).containsExactly("one\n", "two\n");
  }

  @Test
  void shouldAddNothingAtTheEndOfAFinishedStream() {
    assertThat(scanned("")).isEmpty();
    assertThat(scanned("one\n")).containsExactly("one\n");
  }

  @Test
  void shouldLetALineAtTheLimitThrough() {
    assertThat(scanned(AT)).containsExactly(AT);
  }

  @Test
  void shouldLetAnUnfinishedLineThroughThatReachesTheLimitWithItsLineFeed() {
    String unfinished = AT.substring(0, AT.length() - 1);

    assertThat(scanned(unfinished)).containsExactly(AT);
  }

  @Test
  void shouldDropALineOverTheLimitAndReportItOnce() {
    assertThat(scanned(OVER)).containsExactly(RecordingReceiver.TOO_LONG);
  }

  @Test
  void shouldDropAnUnfinishedLineOverTheLimitAndReportItOnce() {
    String unfinished = OVER.substring(0, OVER.length() - 1);

    assertThat(scanned(unfinished)).containsExactly(RecordingReceiver.TOO_LONG);
  }

  @Test
  void shouldLetTheLineAfterAnOverLongOneLive() {
    assertThat(scanned(OVER + "next\n")).containsExactly(RecordingReceiver.TOO_LONG, "next\n");
  }

  @Test
  void shouldReportAnOverLongLineAtItsPlaceAmongTheOthers() {
    assertThat(scanned("a\n" + OVER + "b\n"))
        .containsExactly("a\n", RecordingReceiver.TOO_LONG, "b\n");
  }

  @Test
  void shouldHandOnTheLinesOfOneReadTogether() {
    List<Integer> runs = new ArrayList<>();
    LineScanner.Receiver counting =
        new LineScanner.Receiver() {
          @Override
          public void onLines(ByteBuffer run, int lineCount) {
            runs.add(lineCount);
          }

          @Override
          public void onTooLong(ByteBuffer beginning) {}
        };

    new LineScanner(LIMIT_BYTES).scan(bytes("a\nb\nc\nrest"), counting);

    assertThat(runs).containsExactly(3);
  }

  @Test
  void shouldGiveTheSameLinesWhereverTheStreamIsCutInTwo() {
    byte[] stream = STREAM.getBytes(StandardCharsets.ISO_8859_1);
    for (int cut = 0; cut <= stream.length; cut++) {
      assertThat(scanned(stream, new int[] {cut}))
          .as("cut at %d", cut)
          .isEqualTo(linesByLoop(STREAM));
    }
  }

  @Test
  void shouldGiveTheSameLinesByteByByte() {
    byte[] stream = STREAM.getBytes(StandardCharsets.ISO_8859_1);
    int[] everywhere = new int[stream.length];
    Arrays.setAll(everywhere, i -> i);

    assertThat(scanned(stream, everywhere)).isEqualTo(linesByLoop(STREAM));
  }

  @Test
  void shouldGiveTheSameLinesOfRandomStreamsCutAtRandom() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int rarity = 1 + random.nextInt(40);
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(random.nextInt(rarity) == 0 ? '\n' : (char) random.nextInt(256));
      }
      byte[] stream = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      int[] cuts = random.ints(random.nextInt(12), 0, stream.length + 1).sorted().toArray();

      assertThat(scanned(stream, cuts)).as("seed %d", seed).isEqualTo(linesByLoop(text.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 63, 64, 65, 200})
  void shouldNeverHoldMoreThanTheLimit(int limitBytes) {
    LineScanner scanner = new LineScanner(limitBytes);
    Random random = new Random(limitBytes);
    for (int i = 0; i < 500; i++) {
      byte[] read = new byte[random.nextInt(2 * limitBytes)];
      Arrays.fill(read, (byte) 'x');
      if (read.length > 0 && random.nextBoolean()) {
        read[random.nextInt(read.length)] = '\n';
      }
      scanner.scan(ByteBuffer.wrap(read), new RecordingReceiver());

      assertThat(scanner.heldBytes()).isBetween(0, limitBytes);
    }
  }

  @Test
  void shouldHoldNothingOfALineThatIsBeingDropped() {
    LineScanner scanner = new LineScanner(LIMIT_BYTES);
    scanner.scan(bytes("fifteen bytes !"), new RecordingReceiver());
    scanner.scan(bytes("!"), new RecordingReceiver());

    assertThat(scanner.heldBytes()).isZero();
  }

  @Test
  void shouldLetOnlyEmptyLinesThroughAtALimitOfOne() {
    RecordingReceiver receiver = new RecordingReceiver();
    LineScanner scanner = new LineScanner(1);
    scanner.scan(bytes("\na\n\n"), receiver);
    scanner.end(receiver);

    assertThat(receiver.found()).containsExactly("\n", RecordingReceiver.TOO_LONG, "\n");
  }

  @Test
  void shouldRefuseALimitThatNoLineCanMeet() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LineScanner(0));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<String> scanned(String stream) {
    return scanned(stream.getBytes(StandardCharsets.ISO_8859_1), new int[0]);
  }

  /** Each piece is scanned from within a larger buffer, as a read leaves it. */
  private static List<String> scanned(byte[] stream, int[] cuts) {
    RecordingReceiver receiver = new RecordingReceiver();
    LineScanner scanner = new LineScanner(LIMIT_BYTES);
    int start = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int end = i < cuts.length ? cuts[i] : stream.length;
      scanner.scan(ByteBuffer.wrap(stream, start, end - start), receiver);
      start = end;
    }
    scanner.end(receiver);
    return receiver.found();
  }

  private static List<String> linesByLoop(String text) {
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int lineFeed = text.indexOf('\n', start);
      int end = lineFeed < 0 ? text.length() : lineFeed;
      boolean fits = end - start < LIMIT_BYTES;
      lines.add(fits ? text.substring(start, end) + "\n" : RecordingReceiver.TOO_LONG);
      start = end + 1;
    }
    return lines;
  }
}
