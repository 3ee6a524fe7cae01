package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IdleTest {
  private static final Idle.Seen FEW =
      new Idle.Seen(0.1, 50_000_000, OptionalLong.of(5_000_000), 0);

  @Test
  void shouldDivideWhatWasAddedByTheConnectionsThatWereAdded() {
    Idle.Seen many = new Idle.Seen(1.5, 68_000_000, OptionalLong.of(23_000_000), 3);

    List<Figure> figures = Idle.figures(19_000, 18_000, FEW, many);

    assertThat(StuckTest.value(figures, "connections")).isEqualTo(19_000);
    assertThat(StuckTest.value(figures, "served_seconds")).isEqualTo(1.5);
    assertThat(StuckTest.value(figures, "server_resident_megabytes")).isEqualTo(68);
    assertThat(StuckTest.value(figures, "resident_bytes_per_connection")).isEqualTo(1_000);
    assertThat(StuckTest.value(figures, "heap_bytes_per_connection")).isEqualTo(1_000);
    assertThat(StuckTest.value(figures, "connections_closed")).isEqualTo(3);
  }

  @Test
  void shouldLeaveOutWhatCannotBeSeen() {
    Idle.Seen remote = new Idle.Seen(1.5, 0, OptionalLong.empty(), 0);

    assertThat(Idle.figures(4, 2, remote, remote).stream().map(Figure::key))
        .containsExactly("connections", "served_seconds", "connections_closed");
  }
}
