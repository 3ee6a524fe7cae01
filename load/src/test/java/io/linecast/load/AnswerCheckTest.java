package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCheckTest {
  private final AnswerCheck check = new AnswerCheck();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 11, 12, 10_000})
  void shouldCountAnswersInPiecesOfAnySize(int pieceBytes) {
    StringBuilder answers = new StringBuilder();
    for (int i = 1; i <= 500; i++) {
      answers.append("SENT %d %d 7\n".formatted(i, 2_000 + 3 * i));
    }
    hear(answers.toString(), pieceBytes);

    assertThat(check.answered()).isEqualTo(500);
    assertThat(check.sent()).isEqualTo(500);
    assertThat(check.isClean()).isTrue();
  }

  @Test
  void shouldNotCountAnAnswerWhoseEndHasNotCome() {
    hear("SENT 1 1 0\nSENT 2 2 0", 100);
    assertThat(check.answered()).isEqualTo(1);

    hear("\n", 100);
    assertThat(check.answered()).isEqualTo(2);
    assertThat(check.isClean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SENT 1 5 0\nSENT 3 6 0\n", "SENT 1 5 0\nSENT 1 6 0\n", "SENT 2 5 0\n"})
  void shouldFindAnAnswerToAnotherNumberThanTheNext(String answers) {
    hear(answers, 100);

    assertThat(check.wrongNumbers()).isEqualTo(1);
    assertThat(check.isClean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SENT 1 5 0\nSENT 2 5 0\n", "SENT 1 5 0\nSENT 2 4 0\n", "SENT 1 0 0\n"})
  void shouldFindALineThatIsNotHigherThanTheOneBefore(String answers) {
    hear(answers, 100);

    assertThat(check.wrongLines()).isEqualTo(1);
    assertThat(check.isClean()).isFalse();
  }

  @Test
  void shouldTakeAFailForAnAnswerAndNotForAGoodOne() {
    hear("SENT 1 5 0\nFAIL 2 too-long a line has 10 bytes at most\nSENT 3 6 0\n", 100);

    assertThat(check.answered()).isEqualTo(3);
    assertThat(check.sent()).isEqualTo(2);
    assertThat(check.wrongNumbers()).isZero();
    assertThat(check.otherwise()).startsWith("FAIL 2 too-long");
    assertThat(check.isClean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BYE idle",
        "SENT 1 1",
        "SENT 1 1 0 0",
        "SENT x 1 0",
        "SENT",
        "SENT  1 1 0",
        "sent 1 1 0",
        ""
      })
  void shouldTellOfWhatIsNoAnswer(String words) {
    hear(words + "\nLINE 1 x\n", 100);

    assertThat(check.answered()).isZero();
    assertThat(check.otherwise()).isEqualTo(words.isEmpty() ? "LINE 1 x" : words);
    assertThat(check.isClean()).isFalse();
  }

  @Test
  void shouldNotMindBeingAskedWhetherItIsThere() {
    hear("SENT 1 1 0\nPING 1\nSENT 2 2 0\n", 100);

    assertThat(check.isClean()).isTrue();
  }

  private void hear(String words, int pieceBytes) {
    byte[] all = words.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < all.length; i += pieceBytes) {
      byte[] piece = Arrays.copyOfRange(all, i, Math.min(all.length, i + pieceBytes));
      check.accept(piece, piece.length);
    }
  }
}
