package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  private final Utf8 utf8 = new Utf8();

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "f0908080"})
  void shouldTakeWhatIsText(String hex) {
    assertThat(isText("6162636465666768" + hex + "69")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "bf", "c080", "c1bf", "c2", "e09f80", "eda080", "e28240", "f08f8080"})
  void shouldRefuseWhatIsNot(String hex) {
    assertThat(isText("6162636465666768" + hex)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"f4908080", "f5808080", "ff", "f09f98"})
  void shouldRefuseWhatIsBeyondTheLastCharacter(String hex) {
    assertThat(isText(hex)).isFalse();
  }

  @Test
  void shouldGoOnInTheMiddleOfACharacter() {
    ByteBuffer text = ByteBuffer.wrap("a\u00e9\u20ac\ud83d\ude00z".getBytes(UTF_8));
    utf8.restart();
    for (int i = 0; i < text.limit(); i++) {
      assertThat(utf8.goesOn(text, i, i + 1)).isTrue();
    }
    assertThat(utf8.isWhole()).isTrue();
  }

  @Test
  void shouldKnowThatACharacterHasNotEnded() {
    ByteBuffer text = ByteBuffer.wrap(HexFormat.of().parseHex("e282"));
    utf8.restart();

    assertThat(utf8.goesOn(text, 0, 2)).isTrue();
    assertThat(utf8.isWhole()).isFalse();
  }

  @Test
  void shouldAgreeWithJava() {
    Random random = new Random(7);
    byte[] parts =
        HexFormat.of().parseHex("41 80 9f a0 bf c2 e0 e2 ed ee f0 f4 8f 90".replace(" ", ""));
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(12)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = parts[random.nextInt(parts.length)];
      }
      assertThat(utf8.isText(ByteBuffer.wrap(bytes), 0, bytes.length))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(isTextToJava(bytes));
    }
  }

  private static boolean isTextToJava(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private boolean isText(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return utf8.isText(ByteBuffer.wrap(bytes), 0, bytes.length);
  }
}
