package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final int MAX_CHARS = 10;

  private final EventStream stream = new EventStream(MAX_CHARS);

  @Test
  void shouldTakeAnEventsData() {
    assertThat(events("data: a", "", "data:b", "", "data:  c", "")).containsExactly("a", "b", " c");
  }

  @Test
  void shouldJoinDataOfSeveralLines() {
    assertThat(events("data: a", "data", "data: b", "")).containsExactly("a\n\nb");
  }

  @Test
  void shouldTakeLinesThatEndInACarriageReturnToo() {
    assertThat(events("data: a\r", "\r")).containsExactly("a");
  }

  @Test
  void shouldPassOverHeartbeatsAndWhatItDoesNotKnow() {
    assertThat(events(":", "", "retry: 1000", "id: 7", "", "nonsense", "data: a", ": b", ""))
        .containsExactly("a");
  }

  @Test
  void shouldPassOverWhatHasAName() {
    assertThat(events("event: gap", "data: a", "", "event: message", "data: b", "", "data: c", ""))
        .containsExactly("b", "c");
  }

  @Test
  void shouldPassOverWhatIsTooLongAndTakeTheNext() {
    assertThat(events("data: 123456", "data: 123456", "", "data: a", "")).containsExactly("a");
  }

  @Test
  void shouldNotTakeAnEventThatHasNotEnded() {
    assertThat(events("data: a")).isEmpty();
  }

  private List<String> events(String... lines) {
    return Stream.of(lines).map(stream::take).flatMap(Optional::stream).toList();
  }
}
