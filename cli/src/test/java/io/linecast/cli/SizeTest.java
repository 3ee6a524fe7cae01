package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeTest {

  private final Size.Converter converter = new Size.Converter();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "64k, 65536",
    "64K, 65536",
    "64KiB, 65536",
    "1m, 1048576",
    "2mb, 2097152",
    "1g, 1073741824",
    "' 1k ', 1024"
  })
  void shouldReadSizesAsPeopleWriteThem(String value, long bytes) {
    assertThat(converter.convert(value).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "k", "1.5m", "64q", "0x10", "999999999999999g", "1 k"})
  void shouldRefuseWhatIsNoSizeAndShowIt(String value) {
    assertThatThrownBy(() -> converter.convert(value))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + value + "'");
  }
}
