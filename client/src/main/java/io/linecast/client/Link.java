package io.linecast.client;

import io.linecast.protocol.HelloAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The reading thread: follows one connection after the other, and decides what comes when one has
 * ended. Everything here is that thread's but for what is said to be otherwise.
 */
final class Link implements Runnable {

  private static final Duration SILENCE_WITHOUT_HEARTBEAT = Duration.ofSeconds(30);

  private final ClientOptions options;
  private final Outbox outbox;
  private final Mailbox mailbox;
  private final Optional<Hearing> hearing;
  private final Dialer dialer;
  private final Ending ending = new Ending();
  private boolean begun;

  private final CompletableFuture<Session> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // Set by this thread, read by any.
  private volatile @Nullable Transmitter transmitter;
  private volatile @Nullable Session session;
  private volatile Optional<Position> firstPlace = Optional.empty();

  Link(ClientOptions options, Outbox outbox, Mailbox mailbox) {
    this.options = options;
    this.outbox = outbox;
    this.mailbox = mailbox;
    hearing = options.from().map(from -> new Hearing(from, options.epoch()));
    dialer = new Dialer(options, hearing, ending);
  }

  // From any thread.

  CompletableFuture<Session> started() {
    return started;
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** Where hearing has begun; empty if only the first line tells. */
  Optional<Position> firstPlace() {
    return firstPlace;
  }

  Optional<Transmitter> transmitter() {
    return Optional.ofNullable(transmitter);
  }

  /** Ends in good order once everything is answered. */
  void close() {
    ending.close();
    transmitter().ifPresent(Transmitter::quit);
  }

  /** Ends at once. */
  void abort() {
    ending.abort();
    mailbox.release();
  }

  /** Ends at once, because of something that has failed. */
  void fail(ClientException why) {
    ending.fail(why);
    mailbox.release();
  }

  /** Waits for the end; false if it has not come in time, or the caller was interrupted. */
  boolean endsWithin(Duration patience) {
    try {
      ended.get(Patience.nanos(patience), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // The reading thread.

  @Override
  public void run() {
    ClientException failure = null;
    try {
      live();
    } catch (ClientException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = ClientException.ofItself(e);
    }
    end(ending.failure().orElse(failure));
  }

  private void end(@Nullable ClientException failure) {
    ClientException why =
        failure != null
            ? failure
            : new ClientException(ClientException.Reason.CLOSED, "the client was closed");
    try {
      outbox.end(why);
    } finally { // whatever happens there, nobody is left waiting here
      mailbox.end(failure);
      started.completeExceptionally(why);
      if (failure == null) {
        ended.complete(null);
      } else {
        ended.completeExceptionally(failure);
      }
    }
  }

  private void live() {
    Optional<Dialer.Dialed> dialed = dialer.first();
    while (dialed.isPresent()) {
      long since = System.nanoTime();
      LostException lost;
      try {
        follow(dialed.get());
        return;
      } catch (LostException e) {
        lost = e;
      }
      dialer.connectionLasted(Duration.ofNanos(System.nanoTime() - since));
      boolean superseded = lost.next() == LostException.Next.SUPERSEDED;
      if (options.maxAttempts() == 0 && !superseded && !mayEnd()) {
        throw new ClientException(ClientException.Reason.LOST, null, Connection.words(lost), lost);
      }
      dialed = dialer.again(lost, this::mayEnd);
    }
  }

  /** Whether the client is to end and nothing is left to be done. */
  private boolean mayEnd() {
    return ending.isAborted() || (ending.isClosing() && outbox.isSettled());
  }

  private void follow(Dialer.Dialed dialed) throws LostException {
    HelloAnswer answer = dialed.open().answer();
    Transmitter writer =
        new Transmitter(
            dialed.open().output(),
            dialed.connection(),
            outbox,
            mailbox,
            hearing.isPresent() ? answer.epoch() : null,
            this::fail);
    try {
      begin(answer);
      transmitter = writer;
      if (ending.isClosing()) {
        writer.quit();
      }
      writer.start();
      announce(dialed.connection().server(), answer);
      new Conversation(
              dialed.connection(),
              dialed.open(),
              writer,
              outbox,
              mailbox,
              hearing,
              silenceLimit(answer))
          .follow();
    } finally {
      dialed.connection().close();
      writer.stop();
    }
  }

  private void begin(HelloAnswer answer) {
    if (begun) {
      outbox.resume(answer.epoch(), answer.last(), answer.isShared());
    } else {
      outbox.begin(answer.epoch(), answer.last());
    }
    hearing.ifPresent(ear -> ear.begin(answer));
    if (!begun) {
      firstPlace = hearing.flatMap(Hearing::place);
      begun = true;
    }
  }

  private void announce(Address.Server at, HelloAnswer answer) {
    Session now =
        new Session(
            at.toString(),
            answer.channel(),
            answer.epoch(),
            answer.next(),
            answer.oldest(),
            answer.journal(),
            answer.maxLineBytes(),
            answer.last());
    session = now;
    started.complete(now);
    options.listener().onConnected(now);
  }

  private Duration silenceLimit(HelloAnswer answer) {
    if (!options.silenceLimit().isZero()) {
      return options.silenceLimit();
    }
    return answer.heartbeatSeconds() == 0
        ? SILENCE_WITHOUT_HEARTBEAT
        : Duration.ofSeconds(2L * answer.heartbeatSeconds());
  }
}
