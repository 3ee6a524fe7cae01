package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.ProgressBoard;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that a client gets its answers as soon as its lines have come as far as it has asked
 * for, and that neither they nor what it leaves unread grow without bound. Owned by the
 * connection's loop, but for {@link #onProgress}.
 */
final class Acknowledgement implements ProgressBoard.Waiter {

  /** How much is written at once. */
  private static final int PART_BYTES = 32 << 10;

  private final Admission admission;
  private final ServerLoop loop;
  private final AckConnection connection;
  private final Answers answers;
  private final Runnable onAnswered;

  /** A look at the progress has been asked for. Set on any thread. */
  private final AtomicBoolean lookDue = new AtomicBoolean();

  private boolean ended;

  /**
   * Nothing is to be answered yet.
   *
   * @param onAnswered told whenever answers have been said, perhaps all
   */
  Acknowledgement(
      Admission admission, ServerLoop loop, AckConnection connection, Runnable onAnswered) {
    this.admission = admission;
    this.loop = loop;
    this.connection = connection;
    this.answers =
        new Answers(loop.allocator(), admission.hello().ack(), loop.growth(), loop.sentText());
    this.onAnswered = onAnswered;
  }

  Answers answers() {
    return answers;
  }

  /** Whether every line has its answer. */
  boolean isComplete() {
    return answers.waiting() == 0;
  }

  /** Whether some line will never have come as far as was asked for: the server stops. */
  boolean isHopeless() {
    return admission.hello().ack() == AckLevel.DONE
        && !isComplete()
        && answers.firstLine() > admission.channel().board().undoneBehind();
  }

  /** Says what can be said, and sees to it that what cannot yet will be. */
  void say() {
    if (ended) {
      return;
    }
    if (answers.waiting() > 0 || isForProgress()) {
      sayReached();
    } else {
      sayReady();
    }
    onAnswered.run();
  }

  /** Whether a line's answer waits for others to hear it. */
  private boolean isForProgress() {
    return admission.hello().ack().compareTo(AckLevel.WRITTEN) >= 0;
  }

  /** Says what can go out already. */
  void sayReady() {
    ByteBuf ready = answers.take();
    if (ready != null) {
      connection.write(ready);
      if (isUnread()) {
        connection.input().pause(Pause.ANSWERS_UNREAD);
      }
    }
  }

  /** Whether no more may be said until the client has read what was. */
  private boolean isUnread() {
    return !connection.isGone()
        && connection.outbox().waitingBytes()
            > admission.options().acknowledged().maxAnswersBytes();
  }

  /** What has been reached may be all that ever waited: said in parts, as the client reads. */
  private void sayReached() {
    long line = reached();
    boolean forRoom;
    do {
      forRoom = isUnread() || answers.release(line, PART_BYTES);
      sayReady();
    } while (forRoom && !isUnread());
    if (isForProgress()) {
      watch(!forRoom && !isComplete());
    }
    limitWaiting();
  }

  private void watch(boolean progress) {
    ProgressBoard board = admission.channel().board();
    if (progress) {
      board.add(this);
    } else {
      board.remove(this);
    }
  }

  private void limitWaiting() {
    int most = admission.options().acknowledged().maxUnanswered();
    if (answers.waiting() < most || connection.isGone()) {
      connection.input().resume(Pause.UNANSWERED);
    } else if (admission.hello().ack() != AckLevel.DONE) {
      connection.input().pause(Pause.UNANSWERED);
    } else if (answers.waiting() > most) {
      // Its own DONEs come behind what would not be read: it might wait for itself.
      connection.bye(
          Code.OVERLOAD, "more than " + most + " lines are unanswered", CloseReason.OVERLOAD);
    }
  }

  /** Where nobody follows, every line has come as far as it can, but for those not kept yet. */
  private long reached() {
    if (!isForProgress()) {
      return Answers.ALL_SETTLED;
    }
    ProgressBoard board = admission.channel().board();
    long line =
        admission.hello().ack() == AckLevel.DONE
            ? board.done(admission.subscriber())
            : board.written(admission.subscriber());
    return Math.min(line, Answers.ALL_SETTLED);
  }

  @Override
  public void onProgress() {
    if (lookDue.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            lookDue.set(false);
            ClientFault.contain(connection, this::say);
          });
    }
  }

  /** The client has read what was waiting. */
  void onRoom() {
    connection.input().resume(Pause.ANSWERS_UNREAD);
    say();
  }

  /** Nothing is said any more. */
  void end() {
    ended = true;
    admission.channel().board().remove(this);
    ByteBuf unsaid = answers.take();
    if (unsaid != null) {
      unsaid.release();
    }
  }
}
