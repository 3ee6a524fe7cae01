package io.linecast.client;

import static io.linecast.client.Connecting.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.linecast.client.ClientException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {

  private static final int LIMIT_BYTES = 1000;
  private static final int MORE_BYTES = 10_000;

  private final Mailbox mailbox = new Mailbox(LIMIT_BYTES, MORE_BYTES, false, () -> {});
  private final AtomicBoolean unanswered = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(1);
  private final Events events = new Events(mailbox);

  /** Nobody else is it. */
  @BeforeEach
  void nameAReader() {
    mailbox.setReader(new Thread("nobody"));
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private static Line line(int number, int bytes) {
    return new Line(number, "e1", new byte[bytes]);
  }

  private CompletableFuture<Void> put(int number, int bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            mailbox.put(List.of(line(number, bytes)), unanswered::get, held::countDown, 10_000_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        Connecting::start);
  }

  private void awaitHeld() {
    await().until(() -> held.getCount() == 0);
  }

  private Event next() {
    return events.poll(Duration.ofSeconds(10)).orElseThrow();
  }

  @Test
  void shouldHoldTheReaderUntilThereIsRoom() {
    CompletableFuture<Void> put = put(1, 2000);
    awaitHeld();
    assertThat(put).isNotDone();
    next();
    within(put);
    assertThat(put).isCompleted();
  }

  @Test
  void shouldHoldNobodyUpWhileLinesAreUnanswered() {
    unanswered.set(true);
    within(put(1, 2000));
    within(put(2, 2000));
    CompletableFuture<Void> third = put(3, 8000);
    awaitHeld();
    assertThat(third).as("beyond the second bound").isNotDone();
    next();
    within(third);
    assertThat(third).isCompleted();
  }

  @Test
  void shouldLetAHeldReaderGoWhenALineIsSent() {
    CompletableFuture<Void> put = put(1, 2000);
    awaitHeld();
    unanswered.set(true);
    mailbox.tellUnanswered();
    within(put);
    assertThat(put).isCompleted();
  }

  @Test
  void shouldTakeWhoeverWaitsForTheConsumerWhereNobodyHasTakenYet() {
    assertThat(mailbox.beginWait()).isTrue();
    within(put(1, 2000));
    mailbox.endWait(true);
    within(CompletableFuture.runAsync(this::next, Connecting::start));
    assertThat(mailbox.beginWait()).as("another has taken").isFalse();
  }

  @Test
  void shouldEndRatherThanWaitForAThreadThatWaitsForIt() {
    unanswered.set(true);
    mailbox.beginWait();
    within(put(1, 8000));
    assertThatThrownBy(() -> within(put(2, 8000)))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BEHIND))
        .hasMessageContaining("more than 11000 bytes");
  }

  @Test
  void shouldLetAHeldReaderGoWhenTheClientIsToEnd() {
    CompletableFuture<Void> put = put(1, 2000);
    awaitHeld();
    mailbox.release();
    within(put);
    assertThat(next()).hasToString(line(1, 2000).toString());
  }

  @Test
  void shouldHandOutWhatAnIteratorHasPromisedEvenWhenClosed() {
    within(put(1, 1));
    within(put(2, 1));
    var iterator = events.iterator();
    assertThat(iterator.hasNext()).isTrue();
    mailbox.close();
    assertThat(iterator.hasNext()).isTrue();
    assertThat(iterator.next()).isInstanceOf(Line.class);
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void shouldHandOutEachEventOnceHoweverItIsAskedFor() {
    within(put(1, 1));
    within(put(2, 1));
    assertThat(events.iterator().hasNext()).isTrue();
    assertThat(((Line) next()).seq()).isEqualTo(1);
    assertThat(mailbox.dealt()).isNull();
    assertThat(((Line) events.iterator().next()).seq()).isEqualTo(2);
    assertThat(mailbox.dealt()).isNotNull();
  }
}
