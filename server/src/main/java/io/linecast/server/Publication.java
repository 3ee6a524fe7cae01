package io.linecast.server;

import io.linecast.core.Batch;
import io.linecast.core.Counter;
import io.linecast.core.Numbering;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.core.Settlement;
import io.linecast.protocol.OverRate;
import io.linecast.server.access.Peer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's {@code SEND}s on their way into the channel: those that come together enter together,
 * and a number that was used makes no second line. Owned by the connection's loop.
 */
final class Publication {

  private final Admission admission;
  private final LineListener listener;
  private final ServerLoop loop;
  private final AckConnection connection;
  private final Publisher publisher;
  private final Answers answers;
  private final boolean permitted;
  private final @Nullable SendPace pace;

  /** Told by the journal, on any thread; null if lines are kept at once. */
  private final @Nullable Settlement settlement;

  private final Runnable onSettled;

  /** Where its lines come from, in words for people. */
  private final String source;

  /** The highest number that the client has used, or that is gathered. */
  private long highest;

  /** The highest that has become a line: a number that was refused was not used. */
  private long highestAccepted;

  /** The client has sent the stopping word: no new line of it is accepted any more. */
  private boolean stopped;

  private boolean ended;

  Publication(
      Admission admission,
      LineListener listener,
      ServerLoop loop,
      AckConnection connection,
      Answers answers,
      Runnable onSettled) {
    this.admission = admission;
    this.listener = listener;
    this.loop = loop;
    this.connection = connection;
    this.publisher = admission.arrival().publisher();
    this.answers = answers;
    this.permitted = admission.rights().mayPublish();
    this.pace = SendPace.of(listener, loop, connection.input());
    this.onSettled = onSettled;
    this.settlement =
        admission.channel().journal().isDeferred()
            ? (lines, receipt) ->
                loop.executeWhileServed(
                    () -> ClientFault.contain(connection, () -> settle(lines, receipt)))
            : null;
    this.source = settlement == null ? "" : Peer.textOf(connection.input().client());
    lookHighest();
  }

  /** What was not kept was not used. While nothing is gathered. */
  private void lookHighest() {
    highest = admission.channel().publishers().ask(publisher, Publisher::highestTaken);
    highestAccepted = highest;
  }

  /** Lines have come. */
  void begin() {
    if (pace != null) {
      pace.look();
    }
  }

  /**
   * Puts lines off until senders may go on, or this one may, if they may not now: the first of them
   * is a {@code SEND}. What is none adds nothing to the channel, and never waits for that.
   *
   * @param number what the first of them has for a number; 0 or less if that is none
   * @return whether they are put off
   */
  boolean putOff(long number, ByteBuffer run, int lineCount) {
    if (!permitted) {
      return false;
    }
    if (pace != null && pace.isSpent() && admission.hello().overRate() == OverRate.WAIT) {
      publish();
      connection.input().keep(run, lineCount);
      pace.pause();
      return true;
    }
    if (settlement != null) {
      if (number > 0 && number <= highest) {
        return putOffRepeated(number, run, lineCount);
      }
      if (!admission.channel().journal().isWorking()) {
        return false; // it is told so
      }
    }
    return loop.sendBatch().isEmpty() && connection.input().keepWhileHeld(run, lineCount);
  }

  /** Puts lines off if it is not known yet what becomes of the first one's number. */
  private boolean putOffRepeated(long number, ByteBuffer run, int lineCount) {
    publish();
    Runnable goOn = () -> loop.execute(() -> connection.input().resume(Pause.UNSETTLED));
    boolean awaited =
        admission
            .channel()
            .publishers()
            .ask(publisher, known -> known.awaits(number) && known.whenSettled(goOn));
    if (awaited) {
      connection.input().keep(run, lineCount);
      connection.input().pause(Pause.UNSETTLED);
    } else {
      lookHighest(); // it may have failed, and the settlement still be on its way here
    }
    return awaited;
  }

  /** Takes a {@code SEND} with a number; its line is published with others by {@link #publish}. */
  void onSend(long number, ByteBuffer run, int text, int end) {
    if (!permitted) {
      listener.onNotPermitted(connection.input().client(), 1);
      answers.fail(number, Refusal.NOT_PERMITTED);
      return;
    }
    if (end - text >= admission.options().maxLineBytes()) {
      publish();
      onTooLong(number);
      return;
    }
    SendBatch batch = loop.sendBatch();
    if (number <= highest || !batch.hasRoomFor(end - text + 1)) {
      publish();
    }
    if (number <= highest) {
      onRepeated(number);
    } else if (stopped) {
      answers.fail(number, Refusal.STOPPING);
    } else if (pace != null && pace.isSpent()) {
      publish();
      pace.tell();
      answers.fail(number, Refusal.RATE);
    } else {
      batch.add(number, run, text, end);
      highest = number;
      take(1, end - text + 1);
    }
  }

  private void take(int lines, int bytes) {
    if (pace != null) {
      pace.take(lines, bytes);
    }
  }

  /** So much was thrown away of a line that is over the limit. */
  void onDiscarded(int bytes) {
    if (pace != null) {
      pace.onDiscarded(0, bytes);
    }
  }

  /** A line is over the limit, whose number is known. */
  void onTooLong(long number) {
    take(1, admission.options().maxLineBytes());
    admission.channel().counters().add(Counter.TOO_LONG_LINES, 1);
    listener.logTooLong(connection.input().client());
    answers.fail(number, Refusal.TOO_LONG);
  }

  /** Publishes what has been gathered. */
  void publish() {
    SendBatch batch = loop.sendBatch();
    if (!batch.isEmpty()) {
      try {
        publish(batch);
      } finally {
        batch.clear();
        highest = highestAccepted;
      }
    }
  }

  private void publish(SendBatch batch) {
    ByteBuffer run = batch.run();
    int stopLines = admission.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    int lines = stopLines > 0 ? stopLines : batch.lines();
    Receipt receipt = admission.channel().publish(batchOf(batch, run, lines), connection);
    if (receipt.isAccepted()) {
      answers.add(batch.numbers(), lines, receipt);
      highestAccepted = batch.numbers()[lines - 1];
    } else if (receipt.isPending()) {
      answers.addUnsettled(batch.numbers(), lines);
      highestAccepted = batch.numbers()[lines - 1];
    } else if (!publisher.isHeldBy(connection)) {
      return; // the connection is being told
    }
    boolean taken = receipt.isAccepted() || receipt.isPending();
    Refusal refusal = receipt.isFailed() ? Refusal.JOURNAL : Refusal.STOPPING;
    for (int i = taken ? lines : 0; i < batch.lines(); i++) {
      answers.fail(batch.numbers()[i], refusal);
    }
    if (stopLines > 0) {
      stopped = true;
      listener.onStopWord();
    }
  }

  /** Where lines are kept later, the loop's array of numbers will be another's by then. */
  private Batch batchOf(SendBatch batch, ByteBuffer run, int lines) {
    boolean deferred = settlement != null;
    long[] numbers = deferred ? Arrays.copyOf(batch.numbers(), lines) : batch.numbers();
    return new Batch(
        admission.subscriber(),
        run,
        lines,
        new Numbering(publisher, numbers),
        source,
        deferred ? settlement : Settlement.NONE);
  }

  /** The journal has handed lines back, or failed to keep them. */
  private void settle(int lines, Receipt receipt) {
    if (!ended) {
      answers.settle(lines, receipt);
      if (receipt.isFailed()) {
        lookHighest();
      }
      onSettled.run();
    }
  }

  /** A number that is not higher than all before: no second line comes of it. */
  private void onRepeated(long number) {
    // Another connection may take the publisher over, and write to it, on another loop.
    admission.channel().publishers().ask(publisher, known -> answerRepeated(known, number));
  }

  private boolean answerRepeated(Publisher known, long number) {
    if (!known.isHeldBy(connection)) {
      return false; // the connection is being told
    }
    switch (known.useOf(number)) {
      case SENT -> answers.add(number, known.lineOf(number), known.othersOf(number));
      case PASSED_OVER, NEW, AWAITED -> answers.fail(number, Refusal.PASSED_OVER);
      case FORGOTTEN -> answers.fail(number, Refusal.FORGOTTEN);
    }
    return true;
  }

  /** The connection is closed. */
  void end() {
    ended = true;
    admission.channel().publishers().letGo(publisher, connection);
  }
}
