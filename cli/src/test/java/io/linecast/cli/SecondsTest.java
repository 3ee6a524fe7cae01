package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SecondsTest {

  @ParameterizedTest
  @CsvSource({"0, PT0S", "10, PT10S", "10s, PT10S", "500ms, PT0.5S", "2M, PT2M", "1h, PT1H"})
  void shouldTakeSecondsUnlessAUnitIsGiven(String value, Duration expected) {
    assertThat(new Seconds().convert(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "s", "1.5", "1d", "10 s"})
  void shouldRefuseWhatIsNoTimeAndShowIt(String value) {
    assertThatThrownBy(() -> new Seconds().convert(value))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + value + "'");
  }
}
