package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SentTextTest {

  private final SentText text = new SentText();
  private final ByteBuf taken = Unpooled.buffer();
  private final StringBuilder expected = new StringBuilder();

  @Test
  void shouldCountOnAsItWouldWriteAcrossNewDigitsAndTakings() {
    addAll(1, 95, 0, 30);
    addAll(31, 125, 1, 1); // one more hears it
    addAll(32, 126, 1, 5_000);
    addAll(5_033, 5_127, 1, 3); // a number left out
    addAll(5_036, 6_000, 1, 3); // lines of others between
    addAll(Long.MAX_VALUE - 2, Long.MAX_VALUE - 2, Integer.MAX_VALUE, 3);
    addAll(1, 1, Integer.MAX_VALUE, 2);
    text.moveTo(taken);

    assertThat(taken.toString(StandardCharsets.US_ASCII)).isEqualTo(expected.toString());
    assertThat(text.length()).isZero();
  }

  private void addAll(long number, long line, long others, int count) {
    for (int i = 0; i < count; i++) {
      if (text.isFull()) {
        text.moveTo(taken);
      }
      text.add(number + i, line + i, others);
      expected.append("SENT %d %d %d\n".formatted(number + i, line + i, others));
    }
  }
}
