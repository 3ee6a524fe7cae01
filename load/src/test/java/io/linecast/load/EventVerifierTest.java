package io.linecast.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventVerifierTest {
  private static final int LINES = 110;

  private final WebStreamUnderTest stream = new WebStreamUnderTest(LINES, 20);
  private final LineFindings findings = stream.findings;
  private final Verifier verifier = new EventVerifier("e0-1", 95, stream.texts, findings);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7, 28, 29, 33, 10_000})
  void shouldAcceptAWholeStreamInPiecesOfAnySize(int pieceBytes) {
    for (int i = 0; i < LINES; i++) {
      event(95 + i, i);
    }
    stream.play(verifier, pieceBytes, LINES);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.verified()).isEqualTo(LINES);
  }

  @Test
  void shouldFindANumberThatIsLeftOut() {
    event(95, 0);
    event(97, 1);
    event(98, 2);
    stream.play(verifier, 7, 3);

    assertThat(findings.misnumbered()).isEqualTo(1);
    assertThat(findings.verified()).isEqualTo(3);
    assertThat(findings.isClean()).isFalse();
  }

  @Test
  void shouldFindANumberThatComesAgain() {
    event(95, 0);
    event(95, 1);
    stream.play(verifier, 1_000, 2);

    assertThat(findings.misnumbered()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":\n\n",
        "event: gap\nid: e0-1-96\ndata: {}\n\n",
        "id: e0-2-96\ndata: 0123456789012345678\n\n",
        "id: e0-1-96\ndata: 0123456789012345678\n",
        "id: e0-1-96\n\n",
        "id",
        "\n\n",
      })
  void shouldFindWhatIsNoSuchEvent(String words) {
    event(95, 0);
    chunk(words);
    event(96, 1);
    stream.play(verifier, 3, 2);

    assertThat(findings.torn()).isEqualTo(1);
    assertThat(findings.misnumbered()).isZero();
    assertThat(findings.missing()).as("it goes on behind it").isZero();
  }

  @Test
  void shouldFindAnEventOfSeveralLines() {
    event(95, 0);
    chunk("id: e0-1-96\ndata: 01234567\ndata: 90\n\n");
    event(97, 1);
    stream.play(verifier, 11, 2);

    assertThat(findings.torn()).isPositive();
    assertThat(findings.verified()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no chunk\r\n", "3d\r\nid: e0", "4"})
  void shouldFindThatChunksEnd(String words) {
    event(95, 0);
    stream.add(words.getBytes(US_ASCII));
    stream.play(verifier, 1, 1);

    assertThat(findings.torn()).isEqualTo(1);
    assertThat(findings.verified()).isEqualTo(1);
  }

  private void event(long number, int sequence) {
    String line = new String(stream.line(sequence), US_ASCII);
    chunk("id: e0-1-" + number + "\ndata: " + line + "\n");
  }

  private void chunk(String words) {
    stream.add("%x\r\n%s\r\n".formatted(words.length(), words).getBytes(US_ASCII));
  }
}
