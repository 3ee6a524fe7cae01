package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.core.Receipt;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void shouldAnswerAtOnceWhatIsOnlyToBeStored() {
    Answers answers = answers(AckLevel.STORED);

    answers.add(new long[] {7, 8, 20}, 3, new Receipt(99, 4));

    assertThat(said(answers)).isEqualTo("SENT 7 99 4\nSENT 8 100 4\nSENT 20 101 4\n");
    assertThat(answers.waiting()).isZero();
  }

  @Test
  void shouldWaitForTheLineAndNoFurther() {
    Answers answers = answers(AckLevel.WRITTEN);
    answers.add(new long[] {1, 2, 3}, 3, new Receipt(10, 0));

    answers.reached(11);

    assertThat(said(answers)).isEqualTo("SENT 1 10 0\nSENT 2 11 0\n");
    assertThat(answers.waiting()).isEqualTo(1);
  }

  @Test
  void shouldKeepAFailureBehindWhatCameBeforeIt() {
    Answers answers = answers(AckLevel.DONE);
    answers.add(1, 10, 2);
    answers.fail(2, Code.TOO_LONG, "too long");
    answers.add(3, 11, 2);

    answers.reached(9);
    assertThat(said(answers)).isEmpty();

    answers.reached(10);
    assertThat(said(answers)).isEqualTo("SENT 1 10 2\nFAIL 2 too-long too long\n");
    assertThat(answers.waiting()).isEqualTo(1);
  }

  @Test
  void shouldAnswerARepeatedLineBehindLaterOnes() {
    Answers answers = answers(AckLevel.WRITTEN);
    answers.add(2, 50, 1);
    answers.add(1, 10, 1);

    answers.reached(20);
    assertThat(said(answers)).as("the first is not there yet").isEmpty();

    answers.reached(50);
    assertThat(said(answers)).isEqualTo("SENT 2 50 1\nSENT 1 10 1\n");
  }

  @Test
  void shouldSayWhatWaitsForNothing() {
    Answers answers = answers(AckLevel.DONE);
    answers.add(1, 10, 2);

    answers.put("PONG x");

    assertThat(said(answers)).isEqualTo("PONG x\n");
  }

  @Test
  void shouldHoldMoreThanItsFirstBuffer() {
    Answers answers = answers(AckLevel.ACCEPTED);
    long[] numbers = new long[10_000];
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Long.MAX_VALUE - numbers.length + i;
      expected.append("SENT %d %d 19999\n".formatted(numbers[i], i + 1));
    }

    answers.add(numbers, numbers.length, new Receipt(1, 19_999));

    assertThat(said(answers)).isEqualTo(expected.toString());
  }

  private static Answers answers(AckLevel level) {
    return new Answers(UnpooledByteBufAllocator.DEFAULT, level);
  }

  private static String said(Answers answers) {
    ByteBuf ready = answers.take();
    if (ready == null) {
      return "";
    }
    try {
      return ready.toString(StandardCharsets.US_ASCII);
    } finally {
      ready.release();
    }
  }
}
