package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void shouldReadWhatItHasWritten() {
    Position position = new Position("5f3a:9c", 1042);
    assertThat(Position.parse(position.toString())).contains(position);
    assertThat(Position.parse("e:0")).contains(new Position("e", 0));
  }

  @Test
  void shouldReadWhatAnEditorHasTouched() {
    assertThat(Position.parse(" e1:41\r\n")).contains(new Position("e1", 41));
  }

  @Test
  void shouldNotBeMoreThanOneWordOfAHello() {
    assertThatThrownBy(() -> new Position("e 1 ack=done", 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Position.parse("e 1:5")).isEmpty();
    assertThat(Position.parse("e1:5\ne1:6")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", ":1", "e", "e:", "e:-1", "e:x", "e:9223372036854775807"})
  void shouldKnowWhatIsNone(String text) {
    assertThat(Position.parse(text)).isEmpty();
  }

  @Test
  void shouldNotBeBehindTheEnd() {
    assertThatThrownBy(() -> new Position("e", Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Position("", 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
