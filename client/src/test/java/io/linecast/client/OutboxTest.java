package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linecast.protocol.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final List<String> fates = new ArrayList<>();
  private final SendHandler handler =
      new SendHandler() {
        @Override
        public void onSent(long number, long seq, long clients) {
          fates.add(number + " is " + seq);
        }

        @Override
        public void onFailed(SendException failure) {
          fates.add(failure.number() + (failure.mayBeRelayed() ? " unknown" : " not sent"));
        }
      };
  private final Mailbox mailbox = new Mailbox(1000, false, () -> {});
  private final Outbox outbox = new Outbox(mailbox, builder().window(4, 1000).options());

  private static ClientBuilder builder() {
    return new ClientBuilder(Address.parse("localhost"));
  }

  @AfterEach
  void forgetHandler() {
    Thread.currentThread().setUncaughtExceptionHandler(null);
  }

  @BeforeEach
  void begin() {
    outbox.begin("e1", OptionalLong.of(0));
  }

  private void add(String... lines) {
    for (String line : lines) {
      outbox.add(line.getBytes(StandardCharsets.UTF_8), handler);
    }
  }

  /** What is written next. */
  private String written() {
    WireBuffer batch = new WireBuffer();
    outbox.gather(batch);
    return text(batch);
  }

  private static String text(WireBuffer batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      batch.writeTo(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldWriteEachLineOnceInOrder() {
    add("a", "", "c");
    assertThat(written()).isEqualTo("SEND 1 a\nSEND 2 \nSEND 3 c\n");
    assertThat(written()).isEmpty();
    add("d");
    assertThat(written()).isEqualTo("SEND 4 d\n");
    assertThat(outbox.isAllWritten()).isTrue();
  }

  @Test
  void shouldUseItsSlotsAgain() {
    for (int i = 1; i <= 100; i++) {
      add("x" + i);
      assertThat(written()).isEqualTo("SEND " + i + " x" + i + "\n");
      outbox.sent(i, 1000 + i, 0);
    }
    assertThat(fates).hasSize(100).endsWith("100 is 1100");
    assertThat(outbox.isSettled()).isTrue();
    assertThat(outbox.outstanding()).isZero();
  }

  @Test
  void shouldWriteAgainWhatIsUnansweredOnceAConnectionHasBegun() {
    add("a", "b", "c");
    written();
    outbox.sent(1, 1, 0);
    outbox.resume("e1", OptionalLong.of(2), false);
    assertThat(written()).isEqualTo("SEND 2 b\nSEND 3 c\n");
    outbox.sent(2, 2, 0);
    outbox.sent(3, 3, 0);
    assertThat(fates).containsExactly("1 is 1", "2 is 2", "3 is 3");
  }

  @Test
  void shouldFailInAnotherEpochWhatWasEverWrittenAndNothingElse() {
    add("a", "b");
    written();
    outbox.resume("e1", OptionalLong.of(0), false);
    add("c"); // a and b were not written again, and still may be relayed
    outbox.resume("e2", OptionalLong.of(0), false);
    assertThat(fates).containsExactly("1 unknown", "2 unknown");
    assertThat(written()).isEqualTo("SEND 3 c\n");
    assertThat(outbox.epoch()).isEqualTo("e2");
  }

  @Test
  void shouldTellByALowerNumberThatItWasForgotten() {
    add("a", "b");
    written();
    outbox.sent(1, 1, 0);
    outbox.resume("e1", OptionalLong.of(0), false);
    assertThat(fates).containsExactly("1 is 1", "2 unknown");
  }

  @Test
  void shouldWriteAgainToAServerThatHasNotGotToWhatAnotherHasAcknowledged() {
    add("a", "b", "c");
    written();
    outbox.sent(1, 1, 0);
    outbox.sent(2, 2, 0);
    outbox.resume("e1", OptionalLong.of(1), true);
    assertThat(written()).isEqualTo("SEND 3 c\n");
    outbox.sent(3, 3, 0);
    assertThat(fates).containsExactly("1 is 1", "2 is 2", "3 is 3");
  }

  @Test
  void shouldNotTakeANumberThatWasRefusedForOneThatIsForgotten() {
    add("a", "b");
    written();
    outbox.failed(1, Code.TOO_LONG, false, "too-long: x");
    outbox.resume("e1", OptionalLong.of(0), false);
    assertThat(fates).containsExactly("1 not sent");
    assertThat(written()).isEqualTo("SEND 2 b\n");
  }

  @Test
  void shouldNotTakeAnothersAcknowledgementsForItsOwn() {
    add("a");
    written();
    assertThatThrownBy(() -> outbox.resume("e1", OptionalLong.of(2), false))
        .isInstanceOfSatisfying(
            ClientException.class,
            e -> assertThat(e.reason()).isEqualTo(ClientException.Reason.SUPERSEDED));
    assertThatThrownBy(() -> outbox.resume("e2", OptionalLong.of(2), false))
        .isInstanceOf(ClientException.class);
  }

  @Test
  void shouldKnowItsOwnLinesWhenItComesBackToAServer() {
    Outbox repeating = new Outbox(mailbox, builder().atLeastOnce().options());
    repeating.begin("a", OptionalLong.of(0));
    for (int i = 1; i <= 3; i++) {
      repeating.add(new byte[] {'x'}, handler);
    }
    repeating.gather(new WireBuffer());
    repeating.sent(1, 1, 0);
    repeating.resume("b", OptionalLong.of(0), false);
    repeating.gather(new WireBuffer());
    repeating.sent(2, 1, 0);
    repeating.resume("a", OptionalLong.of(3), false); // it had all of them
    repeating.gather(new WireBuffer());
    repeating.sent(3, 3, 0);
    assertThat(fates).containsExactly("1 is 1", "2 is 1", "3 is 3");
  }

  @Test
  void shouldHaveNoMoreUnderWayThanAServerRemembers() {
    Outbox wide = new Outbox(mailbox, builder().options());
    wide.begin("e1", OptionalLong.of(0));
    mailbox.setReader(Thread.currentThread()); // who may add more than a window
    for (int i = 1; i <= 2 * ClientBuilder.MAX_WINDOW_LINES; i++) {
      wide.add(new byte[0], handler);
    }
    assertThatThrownBy(() -> wide.add(new byte[0], handler))
        .isInstanceOf(IllegalStateException.class);
    while (!wide.isAllWritten()) {
      wide.gather(new WireBuffer());
    }
    wide.sent(1, 1, 0);
    assertThat(wide.isAllWritten()).as("there is room for one more").isFalse();
    WireBuffer batch = new WireBuffer();
    wide.gather(batch);
    assertThat(text(batch)).isEqualTo("SEND 10001 \n");
  }

  @Test
  void shouldHaveHalfAsMuchUnderWayEachTimeThatAServerCannotBear() {
    add("a", "b", "c", "d");
    for (int most = ClientBuilder.MAX_WINDOW_LINES; most >= 2; most /= 2) {
      outbox.narrow();
    }
    outbox.narrow();
    assertThat(written()).isEqualTo("SEND 1 a\n");
    outbox.sent(1, 1, 0);
    assertThat(written()).isEqualTo("SEND 2 b\n");
  }

  @Test
  void shouldTakeNoMoreBytesThanTwoWindowsFromTheReadingThread() {
    mailbox.setReader(Thread.currentThread());
    outbox.add(new byte[1999], handler);
    outbox.add(new byte[500], handler);
    assertThatThrownBy(() -> add("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldSettleALineWhoseHandlerThrows() {
    List<Throwable> thrown = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
    SendHandler throwing =
        new SendHandler() {
          @Override
          public void onSent(long number, long seq, long clients) {
            throw new AssertionError("sent");
          }

          @Override
          public void onFailed(SendException failure) {
            throw new StackOverflowError("failed");
          }
        };
    outbox.add(new byte[1], throwing);
    outbox.add(new byte[1], throwing);
    written();
    outbox.sent(1, 1, 0);
    outbox.end(new ClientException(ClientException.Reason.CLOSED, "closed"));
    assertThat(outbox.isSettled()).isTrue();
    assertThat(thrown).extracting(Throwable::getMessage).containsExactly("sent", "failed");
  }

  @Test
  void shouldTakeNoAnswerToWhatWasNotWritten() {
    add("a", "b");
    assertThatThrownBy(() -> outbox.sent(1, 1, 0)).isInstanceOf(ClientException.class);
    written();
    assertThatThrownBy(() -> outbox.sent(2, 1, 0))
        .hasMessageContaining("answered line 2 when 1 was next");
    outbox.sent(1, 1, 0);
    assertThatThrownBy(() -> outbox.sent(1, 1, 0)).isInstanceOf(ClientException.class);
    assertThatThrownBy(() -> outbox.failed(3, Code.RATE, false, "x"))
        .isInstanceOf(ClientException.class);
    assertThat(fates).containsExactly("1 is 1");
  }

  @Test
  void shouldLeaveNothingOpenAtItsEnd() {
    add("a", "b");
    written();
    add("c");
    outbox.end(new ClientException(ClientException.Reason.CLOSED, "closed"));
    assertThat(fates).containsExactly("1 unknown", "2 unknown", "3 not sent");
    assertThat(outbox.awaitAll(0)).isTrue();
    assertThat(outbox.failedAtEnd()).isEqualTo(3);
    assertThatThrownBy(() -> add("d"))
        .isInstanceOf(ClientException.class)
        .hasMessage("not sent: closed");
  }
}
