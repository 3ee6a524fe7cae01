package io.linecast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretHashesTest {

  private static final List<SecretHash> MANY =
      IntStream.range(0, 1_000).mapToObj(i -> SecretHash.of("secret " + i)).toList();

  @Test
  void shouldFindEachAtItsPlace() {
    SecretHashes hashes = new SecretHashes(MANY);
    for (int i = 0; i < MANY.size(); i++) {
      assertThat(hashes.indexOf(SecretHash.of("secret " + i))).isEqualTo(i);
    }
  }

  @Test
  void shouldFindNoneThatIsNotThere() {
    assertThat(new SecretHashes(MANY).indexOf(SecretHash.of("secret 1000"))).isEqualTo(-1);
    assertThat(new SecretHashes(List.of()).indexOf(MANY.getFirst())).isEqualTo(-1);
  }

  /** Another in any one bit is another. */
  @Test
  void shouldTellApartWhatDiffersInOneBit() {
    String hex = MANY.getFirst().hex();
    SecretHashes one = new SecretHashes(List.of(MANY.getFirst()));
    for (int bit = 0; bit < 4 * hex.length(); bit++) {
      int digit = Character.digit(hex.charAt(bit / 4), 16) ^ (1 << (bit % 4));
      String other =
          hex.substring(0, bit / 4) + Integer.toHexString(digit) + hex.substring(bit / 4 + 1);
      assertThat(one.indexOf(SecretHash.ofHex(other))).as("bit %d", bit).isEqualTo(-1);
    }
  }
}
