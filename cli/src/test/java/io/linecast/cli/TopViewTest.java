package io.linecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopViewTest {

  private static final StatusNews LATER =
      new StatusNews(
          StatusSamples.status(StatusSamples.EMPTY),
          StatusSamples.NOW.plusSeconds(1),
          Optional.empty());

  private final TopView view = StatusSamples.view(StatusSamples.BUSY);

  @ParameterizedTest
  @ValueSource(ints = {'q', 3})
  void shouldLeave(int key) {
    assertThat(view.left()).isFalse();
    assertThat(view.press(key).left()).isTrue();
  }

  @Test
  void shouldShowTheLatestUnlessItIsPaused() {
    assertThat(view.with(LATER).shown()).isEqualTo(LATER);
    TopView paused = view.press('p').with(LATER);
    assertThat(paused.shown()).isEqualTo(view.shown());
    assertThat(paused.press('p').with(LATER).shown()).isEqualTo(LATER);
  }

  @Test
  void shouldTellThatTheServerIsLostWhileItIsPaused() {
    TopView paused = view.press(' ').with(LATER.lost("refused"));
    assertThat(paused.shown().status()).isEqualTo(view.shown().status());
    assertThat(paused.shown().trouble()).contains("refused");
    assertThat(paused.with(LATER).shown().trouble()).isEmpty();
  }

  @Test
  void shouldHelpAndGoBack() {
    assertThat(view.press('?').help()).isTrue();
    assertThat(view.press('?').press('?').help()).isFalse();
    assertThat(view.press('?').press(27).help()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 0, 26, 'Q', '[', '~', 0x1F600})
  void shouldTakeNoNoticeOfOtherKeys(int key) {
    assertThat(view.press(key)).isEqualTo(view);
  }
}
