package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.server.access.Allowance;
import io.linecast.server.access.PlainRights;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those may do of whom nothing is said. */
class AccessOptionsTest {

  private static final AccessOptions DEFAULTS = AccessOptions.defaults();

  @Test
  void shouldBeOpenToAllWhereNothingSaysWhoMay() {
    assertThat(DEFAULTS.others(false)).isEqualTo(PlainRights.BOTH);
  }

  @Test
  void shouldBeClosedToOthersWhereSomethingSaysWhoMay() {
    assertThat(DEFAULTS.withTokens(Path.of("tokens")).others(false)).isEqualTo(PlainRights.NONE);
    List<Allowance> networks = List.of(Allowance.parse("192.0.2.0/24"));
    assertThat(DEFAULTS.withAllow(networks).others(false)).isEqualTo(PlainRights.NONE);
    assertThat(DEFAULTS.others(true)).as("certificates").isEqualTo(PlainRights.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveOthersWhatIsSaidOfThemWhateverElseIsSaid(PlainRights said) {
    AccessOptions options = DEFAULTS.withPlain(said);
    assertThat(options.others(false)).isEqualTo(said);
    assertThat(options.withTokens(Path.of("tokens")).others(true)).isEqualTo(said);
  }
}
