package io.linecast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromTest {

  @Test
  void shouldReadEveryForm() {
    assertThat(From.parse("new")).contains(new From.New());
    assertThat(From.parse("oldest")).contains(new From.Oldest());
    assertThat(From.parse("17")).contains(new From.Line(17));
    assertThat(From.parse("0017")).contains(new From.Line(17));
    assertThat(From.parse("9223372036854775807")).contains(new From.Line(Long.MAX_VALUE));
    assertThat(From.parse("-100")).contains(new From.Last(100));
    assertThat(From.parse("1970-01-01T00:00:01.5Z"))
        .contains(new From.Since(Instant.ofEpochMilli(1500)));
    assertThat(From.parse("1970-01-01T01:00:00+01:00")).contains(new From.Since(Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "oldest", "17", "-100", "1970-01-01T00:00:01.500Z"})
  void shouldWriteWhatItHasRead(String value) {
    assertThat(From.parse(value)).hasValueSatisfying(from -> assertThat(from).hasToString(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "0",
        "-0",
        "--1",
        "+1",
        "1.5",
        "1x",
        "NEW",
        "newest",
        "9223372036854775808",
        "00000000000000000001",
        "1970-01-01",
        "1970-01-01T00:00:00",
        "1970-13-01T00:00:00Z",
        "\u0661"
      })
  void shouldKnowWhatIsNone(String value) {
    assertThat(From.parse(value)).isEmpty();
  }
}
