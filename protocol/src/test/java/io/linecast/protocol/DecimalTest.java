package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** In either order, and of a buffer such as is read into, with more behind its limit. */
  private static long parse(String text) {
    long number = parse(bytes(text));
    ByteBuffer direct = ByteBuffer.allocateDirect(64).order(ByteOrder.LITTLE_ENDIAN);
    direct.put(bytes(text)).put(bytes("123456789")).flip().limit(text.length());
    assertThat(parse(direct)).isEqualTo(number);
    return number;
  }

  private static long parse(ByteBuffer bytes) {
    return Decimal.parse(bytes, 0, Decimal.endOf(bytes, 0, bytes.limit()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0012, 12",
    "922337203685477579, 922337203685477579",
    "9223372036854775799, 9223372036854775799",
    "9223372036854775800, 9223372036854775800",
    "9223372036854775807, 9223372036854775807",
    "0000000000000000001, 1"
  })
  void shouldReadDigitsAlikeInBytesAndInText(String digits, long value) {
    assertThat(parse(digits)).isEqualTo(value);
    assertThat(Decimal.parse(digits)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9223372036854775808",
        "9999999999999999999",
        "00000000000000000001",
        "18446744073709551617"
      })
  void shouldReadNothingElse(String digits) {
    assertThat(parse(digits)).isEqualTo(Decimal.NONE);
    assertThat(Decimal.parse(digits)).isEqualTo(Decimal.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", " 1", "1 ", "1x", "x", "\u0663", "\u0131", "1e3"})
  void shouldTakeNoSignBlankOrForeignDigitInText(String text) {
    assertThat(Decimal.parse(text)).isEqualTo(Decimal.NONE);
  }

  @Test
  void shouldFindTheEndOfTheDigits() {
    ByteBuffer bytes = bytes("ab123 4/:");
    assertThat(Decimal.endOf(bytes, 2, 9)).isEqualTo(5);
    assertThat(Decimal.endOf(bytes, 2, 4)).isEqualTo(4);
    assertThat(Decimal.endOf(bytes, 0, 9)).isZero();
    assertThat(Decimal.endOf(bytes, 7, 9)).isEqualTo(7);
    assertThat(Decimal.endOf(bytes, 9, 9)).isEqualTo(9);
    assertThat(Decimal.parse(bytes, 2, 5)).isEqualTo(123);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void shouldReadAlikeWhateverIsBehindAndInEitherOrder(Order order) {
    for (int digits = 1; digits <= Decimal.MAX_DIGITS; digits++) {
      String number = "9872635408918273645".substring(0, digits);
      long value = digits < Decimal.MAX_DIGITS ? Long.parseLong(number) : Decimal.NONE;
      for (String behind : List.of("", " ", "\u00ff", "/0", ":9", " 0123456789", "\n12345678")) {
        ByteBuffer bytes = bytes(number + behind).order(order.order);
        assertThat(Decimal.endOf(bytes, 0, bytes.limit())).as(number + behind).isEqualTo(digits);
        assertThat(parse(bytes)).as(number + behind).isEqualTo(value);
      }
    }
  }

  @Test
  void shouldTakeEveryByteButTheTenForTheEnd() {
    for (int other = 0; other < 256; other++) {
      ByteBuffer bytes = bytes("1234" + (char) other + "56789").order(ByteOrder.LITTLE_ENDIAN);
      boolean isDigit = other >= '0' && other <= '9';
      assertThat(Decimal.endOf(bytes, 0, bytes.limit()))
          .as("byte %d", other)
          .isEqualTo(isDigit ? 10 : 4);
    }
  }

  enum Order {
    LITTLE(ByteOrder.LITTLE_ENDIAN),
    BIG(ByteOrder.BIG_ENDIAN);

    private final ByteOrder order;

    Order(ByteOrder order) {
      this.order = order;
    }
  }

  @Test
  void shouldWriteAllLengthsAndWhatIsNextToThem() {
    byte[] to = new byte[Decimal.MAX_DIGITS];
    for (long power = 1, i = 1; i <= Decimal.MAX_DIGITS; power *= 10, i++) {
      for (long value : new long[] {power - 1, power, power + 1, power / 7 * 3, power / 3 * 5}) {
        int end = Decimal.write(to, 0, value);
        assertThat(new String(to, 0, end, StandardCharsets.US_ASCII))
            .isEqualTo(Long.toString(value));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_000_000_007, 4_294_967_296L, Long.MAX_VALUE})
  void shouldWriteWhatItReads(long value) {
    byte[] to = new byte[24];
    int end = Decimal.write(to, 2, value);
    assertThat(end).isEqualTo(2 + Decimal.digits(value));
    assertThat(new String(to, 2, end - 2, StandardCharsets.US_ASCII))
        .isEqualTo(Long.toString(value));
    assertThat(to[end]).as("nothing behind it is touched").isZero();
  }

  @Test
  void shouldCountOnInPlaceAsLongAsThereAreDigitsEnough() {
    byte[] digits = "x0098 ".getBytes(StandardCharsets.US_ASCII);
    for (int value = 99; value < 10_000; value++) {
      assertThat(Decimal.increment(digits, 1, 5)).isTrue();
      assertThat(new String(digits, StandardCharsets.US_ASCII)).isEqualTo("x%04d ", value);
    }
    assertThat(Decimal.increment(digits, 1, 5)).as("9999 and one").isFalse();
    assertThat(new String(digits, StandardCharsets.US_ASCII)).isEqualTo("x0000 ");
  }
}
