package io.linecast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.core.Receipt;
import io.linecast.protocol.AckLevel;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswersTest {

  private static final int ALL = Integer.MAX_VALUE;
  private final HeldGrowth growth = new HeldGrowth();

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

    answers.release(11, ALL);

    assertThat(said(answers)).isEqualTo("SENT 1 10 0\nSENT 2 11 0\n");
    assertThat(answers.waiting()).isEqualTo(1);
  }

  @Test
  void shouldKeepAFailureBehindWhatCameBeforeIt() {
    Answers answers = answers(AckLevel.DONE);
    answers.add(1, 10, 2);
    answers.fail(2, Refusal.TOO_LONG);
    answers.add(3, 11, 2);

    answers.release(9, ALL);
    assertThat(said(answers)).isEmpty();

    answers.release(10, ALL);
    assertThat(said(answers))
        .isEqualTo("SENT 1 10 2\nFAIL 2 too-long the text is longer than max-line\n");
    assertThat(answers.waiting()).isEqualTo(1);
  }

  @Test
  void shouldAnswerARepeatedLineBehindLaterOnes() {
    Answers answers = answers(AckLevel.WRITTEN);
    answers.add(2, 50, 1);
    answers.add(1, 10, 1);

    answers.release(20, ALL);
    assertThat(said(answers)).as("the first is not there yet").isEmpty();

    answers.release(50, ALL);
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
  void shouldWaitForTheJournalInTheOrderOfTheLines() {
    Answers answers = answers(AckLevel.STORED);
    answers.addUnsettled(new long[] {1, 2, 3}, 3);
    answers.fail(4, Refusal.TOO_LONG);
    answers.addUnsettled(new long[] {5, 6}, 2);
    answers.add(1, 9, 0);

    answers.settle(2, new Receipt(10, 7));
    answers.release(Answers.ALL_SETTLED, ALL);
    assertThat(said(answers)).isEqualTo("SENT 1 10 7\nSENT 2 11 7\n");

    answers.settle(1, new Receipt(15, 6));
    answers.settle(1, Receipt.FAILED);
    answers.release(Answers.ALL_SETTLED, ALL);
    assertThat(said(answers))
        .matches("SENT 3 15 6\nFAIL 4 too-long [^\n]+\nFAIL 5 journal [^\n]+\n");

    answers.settle(1, new Receipt(16, 6));
    answers.release(Answers.ALL_SETTLED, ALL);
    assertThat(said(answers)).isEqualTo("SENT 6 16 6\nSENT 1 9 0\n");
    assertThat(answers.waiting()).isZero();
  }

  @Test
  void shouldSettleWhatCameAfterOthersHadGoneOut() {
    Answers answers = answers(AckLevel.WRITTEN);
    answers.addUnsettled(new long[] {1, 2}, 2);
    answers.settle(2, new Receipt(10, 1));
    answers.release(10, ALL);
    answers.addUnsettled(new long[] {3}, 1);
    answers.settle(1, new Receipt(12, 1));

    answers.release(12, ALL);

    assertThat(said(answers)).isEqualTo("SENT 1 10 1\nSENT 2 11 1\nSENT 3 12 1\n");
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

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldSayWhyALineWasRefused(Refusal refusal) {
    Answers answers = answers(AckLevel.WRITTEN);

    answers.fail(Long.MAX_VALUE, refusal);

    assertThat(said(answers)).matches("FAIL 9223372036854775807 [a-z-]+ [^\n]+\n");
  }

  @Test
  void shouldLetSoMuchGoOutAtOnceAndTheRestLater() {
    Answers answers = answers(AckLevel.DONE);
    for (int i = 1; i <= 1_000; i++) {
      answers.add(i, i, 0);
    }
    answers.fail(1_001, Refusal.PASSED_OVER);
    StringBuilder all = new StringBuilder();

    boolean more = true;
    for (int parts = 0; more; parts++) {
      assertThat(answers.waiting()).as("after %d parts", parts).isPositive();
      more = answers.release(1_000, 500);
      String part = said(answers);
      assertThat(part).hasSizeLessThan(600);
      all.append(part);
    }

    assertThat(all.toString().lines()).hasSize(1_001).last().asString().startsWith("FAIL 1001 ");
    assertThat(answers.waiting()).isZero();
  }

  @Test
  void shouldNotPromiseMoreWhereTheNextMustWait() {
    Answers answers = answers(AckLevel.DONE);
    answers.add(1, 10, 2);
    answers.add(2, 11, 2);

    assertThat(answers.release(10, 1)).isFalse();
  }

  /** What is gathered is the loop's, and the next client's must not begin with it. */
  @Test
  void shouldLeaveNothingToTheNextWhereThereIsNoMemory() {
    AtomicBoolean lacksMemory = new AtomicBoolean();
    ByteBufAllocator allocator =
        new AbstractByteBufAllocator(true) {
          @Override
          protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (lacksMemory.get()) {
              throw new OutOfMemoryError("for a test");
            }
            return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
          }

          @Override
          protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean isDirectBufferPooled() {
            return false;
          }
        };
    SentText text = new SentText();
    Answers unlucky = new Answers(allocator, AckLevel.STORED, growth, text);
    Answers next = new Answers(allocator, AckLevel.STORED, growth, text);
    lacksMemory.set(true);
    assertThatThrownBy(() -> unlucky.add(1, 10, 2)).isInstanceOf(OutOfMemoryError.class);
    lacksMemory.set(false);

    next.add(7, 11, 2);

    assertThat(said(next)).isEqualTo("SENT 7 11 2\n");
  }

  /** Whoever watches what is held would not look at a server whose clients only wait. */
  @Test
  void shouldTellThatMoreIsHeldForThoseThatWait() {
    AtomicInteger told = new AtomicInteger();
    growth.watch(10_000, told::incrementAndGet);
    Answers answers = answers(AckLevel.DONE);
    long[] numbers = LongStream.rangeClosed(1, 1_000).map(n -> 2 * n).toArray(); // each apart

    answers.add(numbers, numbers.length, new Receipt(1, 0));

    assertThat(told.get()).isPositive();
    assertThat(growth.takeAny()).isTrue();
    assertThat(answers.heldBytes()).isGreaterThan(24_000);
  }

  @Test
  void shouldTellThatMoreIsHeldOfWhatCannotGoOut() {
    Answers answers = answers(AckLevel.STORED);
    answers.add(1, 1, 0);
    assertThat(growth.takeAny()).as("what goes out at once is no growth").isFalse();

    for (int n = 2; n < 1_000; n++) {
      answers.add(n, n, 0);
    }

    assertThat(growth.takeAny()).isTrue();
    said(answers);
  }

  private Answers answers(AckLevel level) {
    return new Answers(UnpooledByteBufAllocator.DEFAULT, level, growth, new SentText());
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
