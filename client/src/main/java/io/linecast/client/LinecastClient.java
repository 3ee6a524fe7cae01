package io.linecast.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
 * (without {@code …Async}) must not block.
 *
 * <p><b>Errors.</b> What ends the client is a {@link ClientException}: {@link #ended} completes
 * with it, {@link #send} throws it from then on, {@link Events} throw it once what was received is
 * handed out. A lost connection is no error while reconnecting is on.
 */
public final class LinecastClient implements AutoCloseable {

  private final Engine engine;

  LinecastClient(Engine engine) {
    this.engine = engine;
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
   * reading thread (in what depends on a future) it does not wait, and throws if that is overdone.
   *
   * @param line without line feed; copied
   * @return completes with the acknowledgement, or with a {@link SendException}. To cancel it, or
   *     to complete it by hand, does not take the line back
   * @throws IllegalArgumentException if there is a line feed in it
   * @throws ClientException if the client has ended, or the thread was interrupted while it waited;
   *     the line will not be sent
   */
  public CompletableFuture<Sent> send(byte[] line) {
    return engine.send(line);
  }

  /**
   * Sends a line like {@link #send(byte[])}, and tells a handler instead of a future: cheaper, for
   * many lines.
   *
   * @return the line's number
   */
  public long send(byte[] line, SendHandler handler) {
    return engine.send(line, handler);
  }

  /**
   * Waits until every line that was sent before this call is acknowledged or has failed.
   *
   * @return false if that took longer than {@code patience}
   * @throws ClientException if the thread was interrupted
   */
  public boolean awaitAll(Duration patience) {
    return engine.awaitAll(patience);
  }

  /** How many lines are neither acknowledged nor failed. */
  public int outstanding() {
    return engine.outstanding();
  }

  /**
   * What is heard.
   *
   * @throws IllegalStateException if the builder was not told to listen, or was given a handler
   */
  public Events events() {
    return engine.events();
  }

  /**
   * Says that everything up to an event is dealt with: the server may tell so to senders that asked
   * for {@code ack=done}. Only of use with {@link ClientBuilder#doneByHand}.
   */
  public void done(Event event) {
    engine.done(event);
  }

  /**
   * Where hearing stands: the last line dealt with. A program that keeps it and gives it to {@link
   * ClientBuilder#listen(Position)} the next time misses nothing.
   *
   * @return empty until something was dealt with
   */
  public Optional<Position> position() {
    return engine.position();
  }

  /** What the server said when the latest connection began. */
  public Session session() {
    return engine.session();
  }

  /**
   * Completes when the client has ended: normally if the program has closed it, else with a {@link
   * ClientException}.
   */
  public CompletableFuture<Void> ended() {
    return engine.ended();
  }

  /** {@link #close(Duration)} with the builder's patience. */
  @Override
  public void close() {
    engine.close();
  }

  /**
   * Ends the client in an orderly way: nothing more is taken, what is heard from now on is thrown
   * away, what was sent is waited for (across reconnects, if need be), the server is told {@code
   * QUIT} and its {@code BYE} awaited. Whatever is unanswered when the patience is over fails with
   * a {@link SendException}. May be called more than once. On a thread of the client's own it
   * begins all this and returns at once.
   *
   * @return whether every line was answered and the server said goodbye in time
   */
  public boolean close(Duration patience) {
    return engine.close(patience);
  }
}
