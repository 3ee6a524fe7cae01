package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.protocol.From;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.HelloAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HearingTest {

  private static final byte[] TEXT = {'x'};

  private static HelloAnswer answer(String epoch, long oldest, long next) {
    return new HelloAnswer(
        "nonce-of-it", "main", next, oldest, "memory", epoch, 65536, 15, OptionalLong.empty());
  }

  private static Hearing begun(From from) {
    Hearing hearing = new Hearing(from, Optional.empty());
    hearing.begin(answer("e1", 4, 9));
    return hearing;
  }

  @Test
  void shouldTurnEveryBeginningIntoANumber() {
    assertThat(begun(new From.New()).from()).isEqualTo(new From.Line(9));
    assertThat(begun(new From.Oldest()).from()).isEqualTo(new From.Line(4));
    assertThat(begun(new From.Last(2)).from()).isEqualTo(new From.Line(7));
    assertThat(begun(new From.Last(Long.MAX_VALUE)).from()).isEqualTo(new From.Line(4));
    assertThat(begun(new From.Line(2)).from()).isEqualTo(new From.Line(2));
  }

  @Test
  void shouldAskByTimeUntilALineHasCome() {
    From since = new From.Since(Instant.EPOCH);
    Hearing hearing = begun(since);
    assertThat(hearing.from()).isEqualTo(since);
    hearing.line(6, TEXT);
    assertThat(hearing.from()).isEqualTo(new From.Line(7));
    hearing.begin(answer("e1", 4, 20));
    assertThat(hearing.from()).isEqualTo(new From.Line(7));
  }

  @Test
  void shouldKeepTheEpochOfAPositionUntilTheServerSaysThatItHasEnded() {
    Hearing hearing = new Hearing(new From.Line(42), Optional.of("e0"));
    hearing.begin(answer("e1", 4, 9));
    assertThat(hearing.epoch()).contains("e0");
    Gap gap = hearing.gap(42, Long.MAX_VALUE, GapReason.EPOCH, answer("e1", 4, 9));
    assertThat(gap.epoch()).isEqualTo("e0");
    assertThat(gap.after()).isEqualTo(new Position("e1", 3));
    assertThat(hearing.epoch()).contains("e1");
    assertThat(hearing.from()).isEqualTo(new From.Line(4));
    assertThat(hearing.line(4, TEXT).epoch()).isEqualTo("e1");
  }

  @Test
  void shouldNotGoBackwards() {
    Hearing hearing = begun(new From.New());
    hearing.line(12, TEXT);
    HelloAnswer now = answer("e1", 4, 9);
    assertThatThrownBy(() -> hearing.line(12, TEXT)).isInstanceOf(ClientException.class);
    assertThatThrownBy(() -> hearing.gap(1, 12, GapReason.SLOW, now))
        .isInstanceOf(ClientException.class);
    assertThatThrownBy(() -> hearing.gap(15, 14, GapReason.SLOW, now))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("when line 13 was next");
    assertThat(hearing.gap(13, 14, GapReason.SLOW, now).after()).isEqualTo(new Position("e1", 14));
  }
}
