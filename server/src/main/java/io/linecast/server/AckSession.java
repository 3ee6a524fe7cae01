package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.Gap;
import io.linecast.core.LineChannel;
import io.linecast.core.ProgressBoard;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.core.RefusedException;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.AckLevel;
import io.linecast.protocol.Code;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloAnswer;
import io.linecast.protocol.HelloException;
import io.linecast.protocol.LineFeeds;
import io.linecast.server.LineInput.Pause;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What an acknowledged client and the server have to say to each other after the hello. Owned by
 * the connection's loop, but for {@link #onProgress}.
 */
final class AckSession implements LineConsumer, ProgressBoard.Waiter {

  private final LineListener listener;
  private final ServerLoop loop;
  private final AckConnection connection;
  private final Hello hello;
  private final LineChannel channel;
  private final Arrival arrival;
  private final @Nullable Subscriber subscriber;
  private final Publisher publisher;
  private final Answers answers;

  /** The highest number that it has used. */
  private long highest;

  private long doneLine;
  private boolean quitting;
  private boolean allHeard;

  /** Why the server will say good-bye once everything is answered. */
  private CloseReason endReason = CloseReason.FINISHED;

  /** A look at the progress has been asked for. Set on any thread. */
  private final AtomicBoolean lookDue = new AtomicBoolean();

  private AckSession(
      Hello hello,
      LineListener listener,
      ServerLoop loop,
      AckConnection connection,
      LineChannel channel,
      Arrival arrival) {
    this.hello = hello;
    this.listener = listener;
    this.loop = loop;
    this.connection = connection;
    this.channel = channel;
    this.arrival = arrival;
    this.subscriber = arrival.subscriber().orElse(null);
    this.publisher = arrival.publisher();
    this.highest = publisher.highest();
    this.doneLine = arrival.next() - 1;
    this.answers = new Answers(loop.allocator(), hello.ack());
  }

  /**
   * Lets a client in.
   *
   * @throws HelloException if it is not let in
   */
  static AckSession open(
      String line, LineListener listener, ServerLoop loop, AckConnection connection) {
    Hello hello = Hello.parse(line);
    LineChannel channel =
        hello
            .channel()
            .map(name -> channelNamed(name, listener, hello))
            .orElseGet(listener::channel);
    Arrival.Wish wish = new Arrival.Wish(hello.from(), hello.epoch(), hello.publisher());
    try {
      Arrival arrival =
          channel.arrive(
              wish,
              loop.index(),
              hello.listen() ? Optional.of(connection) : Optional.empty(),
              connection);
      return new AckSession(hello, listener, loop, connection, channel, arrival);
    } catch (RefusedException e) {
      throw new HelloException(hello.nonce(), e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static LineChannel channelNamed(String name, LineListener listener, Hello hello) {
    return listener
        .channelNamed(name)
        .orElseThrow(
            () ->
                new HelloException(
                    hello.nonce(), Code.CHANNEL, "there is no channel of that name"));
  }

  HelloAnswer answer() {
    return new HelloAnswer(
        hello.nonce(),
        channel.name(),
        arrival.next(),
        arrival.oldest(),
        channel.journal().kind(),
        channel.journal().epoch(),
        listener.options().maxLineBytes(),
        listener.options().acknowledged().heartbeatSeconds(),
        hello.publisher().isPresent() ? OptionalLong.of(highest) : OptionalLong.empty());
  }

  /** What it has asked for and will never hear. */
  Optional<Gap> gap() {
    return arrival.gap();
  }

  /** Its part in what is heard; null if it does not listen. */
  @Nullable Subscriber subscriber() {
    return subscriber;
  }

  Sweep sweep() {
    return channel.sweeps().get(loop.index());
  }

  /** The longest request whose text may be a line. */
  int maxRequestBytes() {
    return listener.options().maxLineBytes() + Request.OVERHEAD_MAX_BYTES;
  }

  /** Up to which line the client says that it is done. */
  long doneLine() {
    return quitting ? Long.MAX_VALUE : doneLine;
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    int at = run.position();
    int limit = run.limit();
    for (int i = 0; i < lineCount && !connection.input().isDone(); i++) {
      int end = LineFeeds.indexOf(run, at, limit);
      if (Request.isSend(run, at, end) && !quitting) {
        onSend(run, at, end);
      } else {
        publish();
        onRequest(run, at, end);
      }
      at = end + 1;
    }
    publish();
    sayAnswers();
  }

  private void onSend(ByteBuffer run, int start, int end) {
    long number = Request.number(run, start, end);
    if (number <= 0) {
      publish();
      violate(Code.BAD_NUMBER, "SEND takes a number from 1 to 9223372036854775807");
      return;
    }
    int text = Request.text(run, start, end);
    if (end - text >= listener.options().maxLineBytes()) {
      publish();
      failTooLong(number);
      return;
    }
    SendBatch batch = loop.sendBatch();
    if (number <= highest || !batch.hasRoomFor(end - text + 1)) {
      publish();
    }
    if (number > highest) {
      batch.add(number, run, text, end);
      highest = number;
    } else {
      onRepeated(number);
    }
  }

  /** Publishes what has been gathered. */
  private void publish() {
    SendBatch batch = loop.sendBatch();
    if (batch.isEmpty()) {
      return;
    }
    ByteBuffer run = batch.run();
    int stopLines = listener.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    int lines = stopLines > 0 ? stopLines : batch.lines();
    Receipt receipt =
        channel.publish(new Batch(subscriber, run, lines), batch.numbers(), publisher, connection);
    if (receipt.isAccepted()) {
      answers.add(batch.numbers(), lines, receipt);
    } else if (!publisher.isHeldBy(connection)) {
      batch.clear();
      onSuperseded();
      return;
    }
    for (int i = receipt.isAccepted() ? lines : 0; i < batch.lines(); i++) {
      answers.fail(batch.numbers()[i], Code.SHUTTING_DOWN, "the server is stopping");
    }
    batch.clear();
    if (stopLines > 0) {
      listener.onStopWord();
    }
  }

  private void onSuperseded() {
    connection.bye(
        Code.DUPLICATE, "another connection is this publisher now", CloseReason.SUPERSEDED);
  }

  /** A number that is not higher than all before: no second line comes of it. */
  private void onRepeated(long number) {
    if (!publisher.isHeldBy(connection)) {
      onSuperseded();
      return;
    }
    switch (publisher.useOf(number)) {
      case SENT -> answers.add(number, publisher.lineOf(number), publisher.othersOf(number));
      case PASSED_OVER, NEW ->
          answers.fail(
              number, Code.BAD_NUMBER, "numbers rise: " + publisher.highest() + " was used");
      case FORGOTTEN ->
          answers.fail(number, Code.DUPLICATE, "too long ago to be known: it may have been sent");
    }
  }

  private void onRequest(ByteBuffer run, int start, int end) {
    switch (Request.verb(run, start, end)) {
      case "DONE" -> onDone(Request.onlyNumber(run, start, end));
      case "PING" -> connection.say("PONG" + Request.rest(run, start + 4, end));
      case "PONG", "SEND" -> {} // whatever it says, the client is there; a SEND after QUIT
      case "QUIT" -> {
        if (end - start > 4) {
          violate(Code.BAD_VERB, "QUIT stands alone");
        } else {
          onEnd();
        }
      }
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
    } else if (line > doneLine) {
      doneLine = line;
      subscriber.sweep().onMemberProgress();
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    int end = beginning.limit();
    boolean send = Request.isSend(beginning, 0, end);
    long number = send ? Request.number(beginning, 0, end) : 0;
    if (number > 0) {
      failTooLong(number);
      sayAnswers();
    } else {
      violate(Code.TOO_LONG, listener.options().maxLineBytes() + " bytes are the most");
    }
  }

  private void failTooLong(long number) {
    channel.counters().add(Counter.TOO_LONG_LINES, 1);
    listener.logTooLong(connection.input().client());
    answers.fail(
        number,
        Code.TOO_LONG,
        "a line has %d bytes at most".formatted(listener.options().maxLineBytes()));
  }

  /** The client has broken the protocol. */
  private void violate(Code code, String text) {
    sayAnswers();
    connection.bye(code, text, CloseReason.PROTOCOL);
  }

  /** Half a request must not be taken for a whole one. */
  @Override
  public boolean completesLastLine() {
    return false;
  }

  /** The client wants no more but what is outstanding. */
  @Override
  public void onEnd() {
    quitting = true;
    if (subscriber == null) {
      allHeard = true;
    } else {
      subscriber.sweep().onMemberProgress();
      if (answers.waiting() == 0) {
        channel.finish(subscriber, CloseReason.FINISHED);
      }
    }
    sayAnswers();
  }

  /** The server stops. */
  void shutDown() {
    if (!quitting) {
      endReason = CloseReason.SHUTTING_DOWN;
    }
    quitting = true;
    if (subscriber == null) {
      allHeard = true;
    } else {
      channel.finish(subscriber, endReason);
    }
    sayAnswers();
  }

  /** Everything that the client was to hear has been handed to its socket. */
  void onAllHeard(CloseReason reason) {
    allHeard = true;
    endReason = reason;
    endIfDone();
  }

  private void endIfDone() {
    if (allHeard && answers.waiting() == 0) {
      if (endReason == CloseReason.SHUTTING_DOWN) {
        connection.bye(Code.SHUTTING_DOWN, "the server is stopping", endReason);
      } else {
        connection.bye(Code.QUIT, "all that was outstanding is answered", endReason);
      }
    }
  }

  /** Says what can be said, and sees to it that what cannot yet will be. */
  private void sayAnswers() {
    if (hello.ack().compareTo(AckLevel.WRITTEN) >= 0) {
      awaitProgress();
    }
    ByteBuf ready = answers.take();
    if (ready != null) {
      connection.write(ready);
      if (connection.unreadBytes() > listener.options().acknowledged().maxAnswersBytes()) {
        connection.input().pause(Pause.ANSWERS_UNREAD);
      }
    }
    endIfDone();
  }

  private void awaitProgress() {
    answers.reached(
        hello.ack() == AckLevel.DONE
            ? channel.board().done(subscriber)
            : channel.board().written(subscriber));
    int most = listener.options().acknowledged().maxUnanswered();
    if (answers.waiting() == 0) {
      channel.board().remove(this);
      if (quitting && subscriber != null) {
        channel.finish(subscriber, CloseReason.FINISHED);
      }
    } else {
      channel.board().add(this);
      if (answers.waiting() > most && hello.ack() == AckLevel.DONE) {
        connection.bye(
            Code.OVERLOAD, "more than " + most + " lines are unanswered", CloseReason.OVERLOAD);
      } else if (answers.waiting() >= most) {
        connection.input().pause(Pause.UNANSWERED);
      }
    }
    if (answers.waiting() < most) {
      connection.input().resume(Pause.UNANSWERED);
    }
  }

  @Override
  public void onProgress() {
    if (lookDue.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            lookDue.set(false);
            sayAnswers();
          });
    }
  }

  /** The client has read what was waiting. */
  void onRoom() {
    connection.input().resume(Pause.ANSWERS_UNREAD);
  }

  /** The connection is closed. */
  void end() {
    channel.board().remove(this);
    if (!publisher.name().isEmpty()) {
      channel.publishers().letGo(publisher, connection);
    }
    ByteBuf unsaid = answers.take();
    if (unsaid != null) {
      unsaid.release();
    }
  }
}
