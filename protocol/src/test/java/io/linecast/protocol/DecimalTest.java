package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static long parse(String text) {
    ByteBuffer bytes = bytes(text);
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
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_000_000_007, Long.MAX_VALUE})
  void shouldWriteWhatItReads(long value) {
    byte[] to = new byte[24];
    int end = Decimal.write(to, 2, value);
    assertThat(end).isEqualTo(2 + Decimal.digits(value));
    assertThat(new String(to, 2, end - 2, StandardCharsets.US_ASCII))
        .isEqualTo(Long.toString(value));
    assertThat(to[end]).as("nothing behind it is touched").isZero();
  }
}
