package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import io.linecast.protocol.Code;
import io.linecast.protocol.LineFeeds;
import io.linecast.server.access.Visitor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an acknowledged client and the server have to say to each other after the hello. Owned by
 * the connection's loop.
 *
 * <p>Talking → quitting, or the server stopping (what is outstanding is still answered and heard) →
 * good-bye. A client that quits is waited for no more; one that the server sends away is, until it
 * has closed.
 */
final class AckSession implements LineConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(AckSession.class);
  private static final int VERB_BYTES = 4;

  private final AckConnection connection;
  private final LineChannel channel;
  private final @Nullable Subscriber subscriber;
  private final Visitor visitor;
  private final Publication publication;
  private final Acknowledgement acknowledgement;
  private final int maxLineBytes;
  private final int maxRequestBytes;

  /** Up to which line the client says that it is done. */
  private long doneLine;

  private boolean quitting;
  private boolean stopping;
  private boolean allHeard;

  /** Why the server will say good-bye. */
  private CloseReason endReason = CloseReason.FINISHED;

  AckSession(
      Admission admission, LineListener listener, ServerLoop loop, AckConnection connection) {
    this.connection = connection;
    this.channel = admission.channel();
    this.visitor = admission.visitor();
    this.subscriber = admission.subscriber();
    this.acknowledgement = new Acknowledgement(admission, loop, connection, this::goOnToTheEnd);
    this.publication =
        new Publication(
            admission, listener, loop, connection, acknowledgement.answers(), acknowledgement::say);
    this.maxLineBytes = admission.options().maxLineBytes();
    this.maxRequestBytes = admission.maxRequestBytes();
    this.doneLine = admission.arrival().next() - 1;
  }

  /** Answers the hello; requests may be longer than plain lines, by their verb and number. */
  void begin(Admission admission) {
    connection.input().enter(admission.sweep());
    connection.input().setMaxLineBytes(maxRequestBytes);
    connection.say(admission.answer().format());
    admission.arrival().gap().ifPresent(gap -> connection.say(gap.toString()));
  }

  /** Up to which line nobody need wait for the client to be done. */
  long doneLine() {
    return quitting ? Long.MAX_VALUE : doneLine;
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    publication.begin();
    int at = run.position();
    int limit = run.limit();
    for (int i = 0; i < lineCount && !connection.input().isDone(); i++) {
      int end = LineFeeds.indexOf(run, at, limit);
      if (end - at >= maxRequestBytes) { // it came with the hello, which may be longer
        publication.publish();
        onTooLong(run, at, end);
      } else if (Request.isSend(run, at, end)) {
        long number = Request.number(run, at, end);
        if (takesSends() && publication.putOff(number, run.position(at), lineCount - i)) {
          break;
        }
        onSend(number, run, at, end);
      } else {
        publication.publish();
        onRequest(run, at, end);
      }
      at = end + 1;
    }
    publication.publish();
    acknowledgement.say();
  }

  private boolean takesSends() {
    return !quitting && !stopping;
  }

  private void onSend(long number, ByteBuffer run, int start, int end) {
    if (!takesSends()) {
      return; // left without an answer: its sender may repeat it, to another server
    }
    if (number > 0) {
      publication.onSend(number, run, Request.text(run, start, end), end);
    } else {
      publication.publish();
      violate(Code.BAD_NUMBER, "SEND takes a number from 1 to " + Long.MAX_VALUE);
    }
  }

  private void onRequest(ByteBuffer run, int start, int end) {
    switch (Request.verb(run, start, end)) {
      case "DONE" -> onDone(Request.onlyNumber(run, start, end));
      case "PING" ->
          acknowledgement.answers().put("PONG" + Request.rest(run, start + VERB_BYTES, end));
      case "PONG" -> {} // whatever it says, the client is there
      case "QUIT" -> onQuit(end - start == VERB_BYTES);
      case "SEND" -> violate(Code.BAD_NUMBER, "SEND takes a number");
      default -> violate(Code.BAD_VERB, "there are SEND, DONE, PING, PONG and QUIT");
    }
  }

  private void onDone(long line) {
    if (quitting) {
      return;
    }
    if (subscriber == null) {
      violate(Code.BAD_VERB, "DONE is for those who listen");
    } else if (line <= 0) {
      violate(Code.BAD_NUMBER, "DONE takes the number of a line");
    } else if (line > channel.feed().head().line()) {
      violate(Code.BAD_NUMBER, "there is no line " + line);
    } else {
      raiseDone(line);
    }
  }

  private void raiseDone(long line) {
    if (line > doneLine && subscriber != null) {
      doneLine = line;
      subscriber.sweep().onMemberProgress();
    }
  }

  private void onQuit(boolean alone) {
    if (alone) {
      onEnd();
    } else {
      violate(Code.BAD_VERB, "QUIT stands alone");
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    onTooLong(beginning, beginning.position(), beginning.limit());
  }

  private void onTooLong(ByteBuffer bytes, int start, int end) {
    long number = Request.isSend(bytes, start, end) ? Request.number(bytes, start, end) : 0;
    if (number <= 0) {
      violate(Code.TOO_LONG, "a line has " + maxLineBytes + " bytes at most");
    } else if (takesSends()) {
      publication.onTooLong(number);
      acknowledgement.say();
    }
  }

  @Override
  public void onDiscarded(int bytes) {
    publication.onDiscarded(bytes);
  }

  /** The client has broken the protocol. */
  private void violate(Code code, String text) {
    acknowledgement.sayReady();
    connection.bye(code, text, CloseReason.PROTOCOL);
  }

  @Override
  public boolean completesLastLine() {
    return false; // half a request must not be taken for a whole one
  }

  /** The client sends no line any more, and wants no more but what is outstanding. */
  @Override
  public void onEnd() {
    quitting = true;
    if (subscriber != null) {
      subscriber.sweep().onMemberProgress();
    }
    acknowledgement.say();
  }

  /** The server stops. */
  void shutDown() {
    stopping = true;
    if (!quitting) {
      endReason = CloseReason.SHUTTING_DOWN;
    }
    if (subscriber != null) {
      channel.finish(subscriber, endReason);
    }
    acknowledgement.say();
  }

  /** Everything that the client was to hear has been handed to its socket. */
  void onAllHeard(CloseReason reason) {
    allHeard = true;
    endReason = reason;
    acknowledgement.say();
  }

  /** Answered, then everything heard up to then, then good-bye. */
  void goOnToTheEnd() {
    boolean hopeless = acknowledgement.isHopeless();
    boolean answered = acknowledgement.isComplete() || hopeless;
    if (!(quitting || stopping) || !(answered || connection.isGone())) {
      return;
    }
    if (subscriber != null && !allHeard && !connection.isGone()) {
      channel.finish(subscriber, endReason);
    } else if (hopeless || endReason == CloseReason.SHUTTING_DOWN) {
      connection.bye(Code.SHUTTING_DOWN, "the server is stopping", endReason);
    } else {
      connection.bye(Code.QUIT, "all that was outstanding is answered", endReason);
    }
  }

  /** Whether the client is sent away with lines to be done with: it may still say that it is. */
  boolean isLeavingUndone() {
    return stopping && !quitting && subscriber != null && doneLine < channel.feed().head().line();
  }

  boolean isAwaited() {
    return isLeavingUndone() && channel.board().isWatched();
  }

  /** What such a client says: the number of a line that there is, or nothing. */
  void onLastWord(long line) {
    if (line <= channel.feed().head().line()) {
      raiseDone(line);
    }
  }

  /** The client has read what was waiting. */
  void onRoom() {
    if (subscriber != null) {
      subscriber.onRoom();
    }
    acknowledgement.onRoom();
  }

  /** Another connection is this client's publisher now. */
  void onSuperseded() {
    acknowledgement.sayReady();
    connection.bye(
        Code.DUPLICATE, "another connection is this publisher now", CloseReason.SUPERSEDED);
  }

  /** What it was let in with may not be valid any more. */
  void endIfRevoked() {
    if (visitor.isRevoked()) {
      acknowledgement.sayReady();
      connection.bye(Code.AUTH, "its token is not valid any more", CloseReason.AUTH);
    }
  }

  /** What its answers take that cannot be said yet. */
  long answersBytes() {
    return acknowledgement.answers().heldBytes();
  }

  /** Nothing of the feed is written to it any more. */
  void retire() {
    if (subscriber != null) {
      subscriber.retire();
    }
  }

  /** Nothing is said any more; may be called twice. */
  void end() {
    acknowledgement.end();
    publication.end();
  }

  /** The connection is closed. */
  void leave(CloseReason reason) {
    end();
    if (subscriber != null) {
      Account account = channel.leave(subscriber);
      LOG.debug("{} left: {}; {}", connection.input().client(), reason.text(), account);
    }
  }
}
