package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {

  @Test
  void shouldUnderstandACommandLine() {
    LoadOptions options = parse("127.0.0.1:1234 --connections 50 --senders 5 --rate 700 --full");

    assertThat(options.target().getPort()).isEqualTo(1234);
    assertThat(options.connections()).isEqualTo(50);
    assertThat(options.senders()).isEqualTo(5);
    assertThat(options.linesPerSecond()).isEqualTo(700);
    assertThat(options.sample()).as("all are verified").isEqualTo(50);
    assertThat(options.lineBytes()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:1234 --rate",
        "127.0.0.1:1234 --rate many",
        "127.0.0.1:1234 --rate 0",
        "127.0.0.1:1234 --line-bytes 17",
        "127.0.0.1:1234 --connections 10 --senders 11",
        "127.0.0.1:1234 --what 1",
        "127.0.0.1:1234 127.0.0.1:1235",
      })
  void shouldRefuseWhatCannotBeDone(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class);
  }

  @Test
  void shouldLoadAnotherMachineOnlyWhenAllowedTo() {
    assertThatThrownBy(() -> parse("192.0.2.1:1234"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--allow-remote");
    assertThat(parse("192.0.2.1:1234 --allow-remote").target().getPort()).isEqualTo(1234);
  }

  private static LoadOptions parse(String line) {
    return LoadOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }
}
