package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class KeepTest {

  @ParameterizedTest
  @CsvSource({"90s, 90", "30min, 1800", "12h, 43200", "7d, 604800", "' 7D ', 604800"})
  void shouldReadAges(String value, long seconds) {
    assertThat(Keep.parse(value))
        .isEqualTo(new Keep(Optional.of(Duration.ofSeconds(seconds)), 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"500k, 512000", "500m, 524288000", "10g, 10737418240"})
  void shouldReadSizes(String value, long bytes) {
    assertThat(Keep.parse(value)).isEqualTo(new Keep(Optional.empty(), 0, bytes));
  }

  @Test
  void shouldReadSeveralInAnyOrder() {
    Keep all = new Keep(Optional.of(Duration.ofDays(7)), 1_000_000, 10L << 30);
    assertThat(Keep.parse("7d,1000000lines,10g")).isEqualTo(all);
    assertThat(Keep.parse("10G, 1000000Lines, 7d")).isEqualTo(all);
    assertThat(Keep.parse(all.toString())).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "0d",
        "-1d",
        "7d,",
        "7d,8d",
        "1g,2g",
        "7y",
        "1.5d",
        "7 d",
        "9999999999999g"
      })
  void shouldRefuseWhatSaysNothingOrTwoThings(String value) {
    assertThatThrownBy(() -> Keep.parse(value))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is not how much is kept");
  }
}
