package io.linecast.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of LINECAST/1: sends lines and is told what became of each, hears the lines of others,
 * and does both across lost connections.
 *
 * <pre>{@code
 * try (LinecastClient client = LinecastClient.to("linecast://localhost:1234").connect()) {
 *   Sent sent = client.send("hello").join();
 * }
 * }</pre>
 *
 * <p><b>Guarantees.</b> A line whose future has completed with a {@link Sent} was relayed once, at
 * the level of {@link ClientBuilder#ack}. When a connection is lost, the client makes another, and
 * repeats what is unanswered under its publisher's name, which the server knows; so nothing is lost
 * and nothing doubled. Where that cannot be promised, because the server that knew is gone, the
 * future fails with a {@link SendException} that says so. What is heard goes on with the line after
 * the last one received; what cannot be had any more is a {@link Gap}. No future is left hanging:
 * when the client ends, whatever the reason, each of them completes.
 *
 * <p><b>Order.</b> Lines have the order in which {@code send} was entered; where several threads
 * send, each thread's lines keep their order. A line that is refused does not hold up those behind
 * it. In the one case in which the server has lost its memory, lines under way fail and later ones
 * go on.
 *
 * <p><b>Threads.</b> All methods are safe from any thread, {@link Events} is for one at a time. The
 * client has a reading and a writing thread of its own, and a third one if it has a {@link
 * LineHandler}; all are daemons. Futures complete on the reading thread: what depends on them
 * (without {@code …Async}) must not block. A virtual thread that is interrupted while it sends may
 * cost the connection, which is made again.
 *
 * <p><b>Errors.</b> What ends the client is a {@link ClientException}: {@link #ended} completes
 * with it, {@link #send} throws it from then on, {@link Events} throw it once what was received is
 * handed out. A lost connection is no error while reconnecting is on.
 */
public final class LinecastClient implements AutoCloseable {

  /** How long the reading thread may take to end once its connection is cut. */
  private static final Duration ABORT_PATIENCE = Duration.ofSeconds(2);

  private final ClientOptions options;
  private final Outbox outbox;
  private final Mailbox mailbox;
  private final Link link;
  private final Events events;

  /** Set once, before the client is handed to anybody; null without a handler. */
  private volatile @Nullable Thread handlerThread;

  private LinecastClient(ClientOptions options) {
    this.options = options;
    mailbox = new Mailbox(options.queueBytes(), options.doneByHand(), this::onDealt);
    outbox = new Outbox(mailbox, options);
    link = new Link(options, outbox, mailbox);
    events = new Events(mailbox);
  }

  /** Starts a client and waits until a server has said ok. */
  static LinecastClient connect(ClientOptions options) {
    LinecastClient client = new LinecastClient(options);
    Thread reader = daemon(client.link, "linecast-client-reader");
    client.mailbox.setReader(reader);
    reader.start();
    client.awaitStart();
    options.handler().ifPresent(client::startHandler);
    return client;
  }

  private void startHandler(LineHandler handler) {
    Thread thread = daemon(new HandlerThread(handler, mailbox, link), "linecast-client-handler");
    handlerThread = thread;
    thread.start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void awaitStart() {
    try {
      link.started().get();
    } catch (InterruptedException e) {
      link.abort();
      Thread.currentThread().interrupt();
      throw new ClientException(ClientException.Reason.INTERRUPTED, "interrupted while connecting");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClientException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  private void onDealt() {
    link.transmitter().ifPresent(Transmitter::wakeForDone);
  }

  /**
   * Begins to describe a client.
   *
   * @param address {@code linecast://a:1234,b:1234/channel?token=…}, or less; see {@link Address}
   * @throws IllegalArgumentException if it is no address
   */
  public static ClientBuilder to(String address) {
    return new ClientBuilder(Address.parse(address));
  }

  /**
   * Sends a line of text as UTF-8.
   *
   * @param text without line feed
   * @see #send(byte[])
   */
  public CompletableFuture<Sent> send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a line. Returns when the line has its place in the order of the sends; waits for that
   * while as many lines (or bytes) are unacknowledged as the builder allows. On the client's own
   * reading thread (in what depends on a future) it does not wait, and throws an {@link
   * IllegalStateException} once twice as much is unacknowledged.
   *
   * @param line without line feed; copied
   * @return completes with the acknowledgement, or with a {@link SendException}. To cancel it, or
   *     to complete it by hand, does not take the line back
   * @throws IllegalArgumentException if there is a line feed in it
   * @throws ClientException if the client has ended, or the thread was interrupted while it waited;
   *     the line will not be sent
   */
  public CompletableFuture<Sent> send(byte[] line) {
    SentFuture future = new SentFuture(mailbox, outbox);
    send(line, future);
    return future;
  }

  /**
   * Sends a line like {@link #send(byte[])}, and tells a handler instead of a future: cheaper, for
   * many lines.
   *
   * @return the line's number
   */
  public long send(byte[] line, SendHandler handler) {
    for (byte b : line) {
      if (b == '\n') {
        throw new IllegalArgumentException("a line has no line feed in it");
      }
    }
    if (options.publisher().isEmpty()) {
      throw new IllegalStateException("the builder has said listenOnly()");
    }
    long number = outbox.add(line.clone(), handler);
    mailbox.tellUnanswered();
    Optional<Transmitter> transmitter = link.transmitter();
    if (transmitter.isPresent()) {
      if (outbox.isAlone(number) && !mailbox.isAwaited(Thread.currentThread())) {
        transmitter.get().writeHere();
      } else {
        transmitter.get().wake();
      }
    }
    return number;
  }

  /**
   * Waits until every line that was sent before this call is acknowledged or has failed.
   *
   * @return false if that took longer than {@code patience}
   * @throws ClientException if the thread was interrupted
   */
  public boolean awaitAll(Duration patience) {
    return outbox.awaitAll(Patience.nanos(patience));
  }

  /** How many lines are neither acknowledged nor failed. */
  public int outstanding() {
    return outbox.outstanding();
  }

  /**
   * What is heard.
   *
   * @throws IllegalStateException if the builder was not told to listen, or was given a handler
   */
  public Events events() {
    if (!options.listens() || options.handler().isPresent()) {
      throw new IllegalStateException("the builder was not told to listen, or has a handler");
    }
    return events;
  }

  /**
   * Says that everything up to an event is dealt with: the server may tell so to senders that asked
   * for {@code ack=done}. Only of use with {@link ClientBuilder#doneByHand}.
   */
  public void done(Event event) {
    mailbox.done(event);
  }

  /**
   * Where hearing stands: the last line dealt with; before there is one, the line before the first
   * to come. A program that keeps it and gives it to {@link ClientBuilder#listen(Position)} the
   * next time misses nothing.
   *
   * @return empty if the client does not listen; and if it does so from a time on, until a line was
   *     dealt with
   */
  public Optional<Position> position() {
    return Optional.ofNullable(mailbox.dealt()).map(Event::after).or(link::firstPlace);
  }

  /** What the server said when the latest connection began. */
  public Session session() {
    return link.session().orElseThrow();
  }

  /**
   * Completes when the client has ended: normally if the program has closed it, else with a {@link
   * ClientException}.
   */
  public CompletableFuture<Void> ended() {
    return link.ended().copy();
  }

  /** {@link #close(Duration)} with the builder's patience. */
  @Override
  public void close() {
    close(options.closePatience());
  }

  /**
   * Ends the client in an orderly way: nothing more is taken, what is heard from now on is thrown
   * away, what was sent is waited for (across reconnects, if need be), the server is told {@code
   * QUIT} and its {@code BYE} awaited. Whatever is unanswered when the patience is over fails with
   * a {@link SendException}. May be called more than once. On a thread of the client's own it
   * begins all this and returns at once.
   *
   * <p>A {@link LineHandler} that is busy is waited for as well: when this has returned true none
   * of its methods is called any more.
   *
   * @return whether the client has ended in time, and this has cut nothing short: no line that was
   *     unanswered, and no handler
   */
  public boolean close(Duration patience) {
    outbox.close(
        new ClientException(ClientException.Reason.CLOSED, "the program has closed the client"));
    mailbox.close();
    link.close();
    Thread current = Thread.currentThread();
    if (mailbox.isReader(current) || current.equals(handlerThread)) {
      daemon(() -> awaitEnd(patience), "linecast-client-closer").start();
      return false;
    }
    return awaitEnd(patience);
  }

  /** Waits for the end; after some time makes one. */
  private boolean awaitEnd(Duration patience) {
    long deadline = System.nanoTime() + Patience.nanos(patience);
    boolean inTime = ends(patience);
    if (!inTime) {
      link.abort();
      ends(ABORT_PATIENCE);
    }
    boolean handled = handlerEnds(deadline - System.nanoTime());
    return inTime && handled && outbox.failedAtEnd() == 0;
  }

  private boolean handlerEnds(long patienceNanos) {
    Thread handler = handlerThread;
    return handler == null || Patience.joins(handler, patienceNanos);
  }

  private boolean ends(Duration patience) {
    try {
      link.ended().get(Patience.nanos(patience), TimeUnit.NANOSECONDS);
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
}
