package io.linecast.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a client hears, one event after the other, for a thread that waits for them. To ask for the
 * next event is to say that the one before is dealt with (unless {@link ClientBuilder#doneByHand}
 * is set). While nobody asks, the server is read from no further than a bounded number of bytes
 * ahead.
 *
 * <p>For one thread at a time. There is one sequence of events to a client, however often it is
 * asked for: each event is handed out once.
 */
public final class Events implements Iterable<Event>, Iterator<Event> {

  private final Mailbox mailbox;

  Events(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** This itself, so that {@code for (Event event : client.events())} can be written. */
  @Override
  public Iterator<Event> iterator() {
    return this;
  }

  /**
   * Waits for the next event.
   *
   * @return false if the program has closed the client: nothing more will come
   * @throws ClientException if the client has ended for another reason, or the thread was
   *     interrupted
   */
  @Override
  public boolean hasNext() {
    return mailbox.awaitNext();
  }

  /**
   * Waits for the next event and takes it.
   *
   * @throws NoSuchElementException if the program has closed the client
   * @throws ClientException as {@link #hasNext} does
   */
  @Override
  public Event next() {
    return poll(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow(NoSuchElementException::new);
  }

  /**
   * Waits for the next event for so long at most and takes it.
   *
   * @return empty if none has come, or the program has closed the client
   * @throws ClientException as {@link #hasNext} does
   */
  public Optional<Event> poll(Duration patience) {
    return mailbox.take(patience);
  }
}
