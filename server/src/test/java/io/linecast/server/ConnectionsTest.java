package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.CloseReason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

  private final Connections connections = new Connections(2, () -> {});

  @Test
  void shouldCountThemByWireAsTheyComeChangeAndGo() {
    connections.tryOpen(Wire.HTTP);
    connections.tryOpen(Wire.PLAIN);
    assertThat(byWire()).containsExactly(1, 0, 0, 0, 1);

    connections.onChanged(Wire.HTTP, Wire.EVENTS);
    connections.onChanged(Wire.PLAIN, Wire.ACKNOWLEDGED);
    assertThat(byWire()).containsExactly(0, 1, 0, 1, 0);

    connections.onClosed(Wire.EVENTS, null, CloseReason.GONE);
    assertThat(byWire()).containsExactly(0, 1, 0, 0, 0);
    assertThat(connections.open()).isEqualTo(1);
  }

  @Test
  void shouldNotCountAnyThatIsOneTooMany() {
    connections.tryOpen(Wire.HTTP);
    connections.tryOpen(Wire.HTTP);

    assertThat(connections.tryOpen(Wire.PLAIN)).isFalse();
    assertThat(byWire()).containsExactly(0, 0, 0, 0, 2);
    assertThat(connections.lately().list()).isEmpty();
  }

  @Test
  void shouldCountWhoWasAnsweredAndNotTellOfIt() {
    connections.tryOpen(Wire.HTTP);
    connections.onAnswered(Wire.HTTP, CloseReason.FINISHED);

    assertThat(byWire()).containsOnly(0);
    assertThat(connections.closed(CloseReason.FINISHED)).isEqualTo(1);
    assertThat(connections.lately().list()).isEmpty();
  }

  private List<Integer> byWire() {
    return Arrays.stream(Wire.values()).map(connections::open).toList();
  }
}
