package io.linecast.server;

import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import io.linecast.core.Receipt;
import io.linecast.core.Settlement;
import io.linecast.core.Subscriber;
import io.linecast.server.access.Peer;
import io.linecast.server.access.PlainRights;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plain client's lines: each is published as it is. Owned by the connection's loop. */
final class PlainLines implements LineConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(PlainLines.class);

  private final LineListener listener;
  private final LineInput input;
  private final Subscriber subscriber;
  private final @Nullable SendPace pace;

  /** Where its lines come from, in words for people. */
  private final String source;

  /** Null where lines are kept at once. */
  private final @Nullable Unkept unkept;

  /** Null if it hears nothing: then its lines are nobody's, who would have to be passed over. */
  private final @Nullable Subscriber origin;

  private PlainLines(
      LineListener listener,
      ServerLoop loop,
      LineInput input,
      Subscriber subscriber,
      boolean hears) {
    this.listener = listener;
    this.input = input;
    this.subscriber = subscriber;
    this.origin = hears ? subscriber : null;
    this.pace = SendPace.of(listener, loop, input);
    boolean deferred = channel().journal().isDeferred();
    this.source = deferred ? Peer.textOf(input.client()) : "";
    this.unkept =
        deferred
            ? new Unkept(() -> loop.executeWhileServed(() -> input.resume(Pause.UNKEPT)))
            : null;
  }

  /**
   * What becomes of a client's lines.
   *
   * @param rights what it may do
   * @param subscriber its part in what is heard, or deaf if it may not hear
   */
  static LineConsumer of(
      PlainRights rights,
      LineListener listener,
      ServerLoop loop,
      LineInput input,
      Subscriber subscriber) {
    PlainLines lines = new PlainLines(listener, loop, input, subscriber, rights.mayListen());
    return rights.mayPublish() ? lines : new DiscardedLines(listener, input, lines, lines.pace);
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (input.keepWhileHeld(run, lineCount)) {
      return;
    }
    if (pace == null) {
      publish(run, lineCount);
      return;
    }
    int admitted = pace.admit(run, lineCount);
    if (admitted > 0) {
      publish(run, admitted);
    }
    pace.pauseIfSpent();
  }

  private void publish(ByteBuffer run, int lineCount) {
    int linesToStopWord = listener.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    int lines = linesToStopWord > 0 ? linesToStopWord : lineCount;
    Settlement settlement = unkept == null ? Settlement.NONE : unkept;
    Receipt receipt = channel().publish(new Batch(origin, run, lines, null, source, settlement));
    if (unkept != null && receipt.isPending()) {
      unkept.add(lines);
    }
    if (linesToStopWord > 0) {
      input.ignore();
      LOG.info("{} sent the stopping word", input.client());
      listener.onStopWord();
    }
    input.awaitReleaseIfHeld();
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    channel().counters().add(Counter.TOO_LONG_LINES, 1);
    listener.logTooLong(input.client());
    if (pace != null) {
      pace.onDiscarded(1, listener.options().maxLineBytes());
    }
    if (listener.options().tooLong() == TooLong.CLOSE) {
      input.ignore();
      channel().finish(subscriber, CloseReason.TOO_LONG);
    }
  }

  @Override
  public void onDiscarded(int bytes) {
    if (pace != null) {
      pace.onDiscarded(0, bytes);
    }
  }

  @Override
  public boolean completesLastLine() {
    return true;
  }

  @Override
  public void onEnd() {
    if (waitsForJournal()) {
      input.pause(Pause.UNKEPT);
      return;
    }
    boolean gone = subscriber.isRetired();
    input.ignore();
    channel().finish(subscriber, CloseReason.FINISHED);
    if (gone) {
      input.close();
    }
  }

  /** Its end says that all it has sent is kept; whoever has gone is told nothing. */
  private boolean waitsForJournal() {
    boolean told = !input.wasReset() && (origin == null || !origin.isRetired());
    return unkept != null && told && unkept.isWaitedFor();
  }

  private LineChannel channel() {
    return subscriber.channel();
  }
}
