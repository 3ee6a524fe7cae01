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
  void shouldTakeNoLineThatNoneCouldFollow() {
    Hearing hearing = begun(new From.New());
    assertThatThrownBy(() -> hearing.line(Long.MAX_VALUE, TEXT))
        .isInstanceOf(ClientException.class);
    assertThat(hearing.from()).isEqualTo(new From.Line(9));
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
    assertThat(hearing.gap(42, Long.MAX_VALUE, GapReason.EPOCH, answer("e1", 4, 9)))
        .isEqualTo(new Gap(42, Long.MAX_VALUE, GapReason.EPOCH, "e0", new Position("e1", 3)));
    assertThat(hearing.epoch()).contains("e1");
    assertThat(hearing.from()).isEqualTo(new From.Line(4));
    assertThat(hearing.line(4, TEXT)).isNotNull().returns("e1", Line::epoch);
  }

  @Test
  void shouldHandOutALineOnceAlthoughANumberingComesBack() {
    Hearing hearing = begun(new From.Oldest());
    hearing.line(4, TEXT);
    hearing.line(5, TEXT);
    hearing.gap(6, Long.MAX_VALUE, GapReason.EPOCH, answer("e2", 1, 2));
    assertThat(hearing.line(1, TEXT)).isNotNull();
    HelloAnswer back = answer("e1", 2, 8);
    Gap gap = hearing.gap(2, Long.MAX_VALUE, GapReason.EPOCH, back);
    assertThat(gap).isNotNull().returns(new Position("e1", 5), Gap::after);
    assertThat(hearing.place()).contains(new Position("e1", 5));
    assertThat(hearing.line(2, TEXT)).isNull();
    assertThat(hearing.gap(3, 4, GapReason.SLOW, back)).isNull();
    assertThat(hearing.from()).isEqualTo(new From.Line(6));
    assertThat(hearing.gap(5, 7, GapReason.SLOW, back))
        .isEqualTo(new Gap(6, 7, GapReason.SLOW, "e1", new Position("e1", 7)));
    assertThat(hearing.line(8, TEXT)).isNotNull();
  }

  @Test
  void shouldForgetTheOldestOfManyNumberings() {
    Hearing hearing = begun(new From.Oldest());
    hearing.line(4, TEXT);
    for (int i = 2; i <= 18; i++) {
      hearing.gap(1, Long.MAX_VALUE, GapReason.EPOCH, answer("e" + i, 1, 1));
    }
    hearing.gap(1, Long.MAX_VALUE, GapReason.EPOCH, answer("e1", 4, 9));
    assertThat(hearing.line(4, TEXT)).isNotNull();
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
    assertThat(hearing.gap(13, 14, GapReason.SLOW, now))
        .isNotNull()
        .returns(new Position("e1", 14), Gap::after);
  }
}
