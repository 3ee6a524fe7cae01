package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

  @Test
  void shouldReadServersWithCommasBetweenThem() {
    assertThat(Target.parseAll("127.0.0.1:1,127.0.0.2:2", false))
        .extracting(InetSocketAddress::toString)
        .containsExactly("/127.0.0.1:1", "/127.0.0.2:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "127.0.0.1:1,", "127.0.0.1", "127.0.0.1:0", ":1"})
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> Target.parseAll(text, false)).isInstanceOf(UsageException.class);
  }

  @Test
  void shouldRefuseAnotherMachineAmongThem() {
    assertThatThrownBy(() -> Target.parseAll("127.0.0.1:1,192.0.2.1:2", false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("192.0.2.1:2 is another machine");
    assertThat(Target.parseAll("127.0.0.1:1,192.0.2.1:2", true)).hasSize(2);
  }
}
