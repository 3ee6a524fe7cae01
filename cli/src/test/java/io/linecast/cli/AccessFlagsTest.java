package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.AccessOptions;
import io.linecast.server.access.PlainRights;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AccessFlagsTest {

  private static AccessOptions parse(String... arguments) {
    AccessFlags flags = new AccessFlags();
    CommandLine command = new CommandLine(flags);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.parseArgs(arguments);
    return flags.options();
  }

  @Test
  void shouldSayNothingUnlessItIsTold() {
    assertThat(parse()).isEqualTo(AccessOptions.defaults());
  }

  @Test
  void shouldReadWhatIsSaid() {
    AccessOptions options = parse("--tokens=t", "--allow=10.0.0.0/8,::1=listen", "--plain=Publish");
    assertThat(options.tokens()).contains(Path.of("t"));
    assertThat(options.allow())
        .extracting(Object::toString)
        .containsExactly("10.0.0.0/8=both", "0:0:0:0:0:0:0:1/128=listen");
    assertThat(options.plain()).contains(PlainRights.PUBLISH);
  }

  /** As another program has the server started with them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--tokens=t",
        "--allow=10.0.0.0/8=listen --allow=2001:db8::/32",
        "--plain=none",
      })
  void shouldBeWrittenAsTheyAreRead(String line) {
    AccessOptions options = line.isEmpty() ? parse() : parse(line.split(" ", -1));
    assertThat(parse(AccessFlags.arguments(options).toArray(String[]::new))).isEqualTo(options);
  }
}
