package io.linecast.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client hears, one event after the other, for a thread that waits for them: {@code for
 * (Event event : client.events())}. To ask for the next event is to say that the one before is
 * dealt with (unless {@link ClientBuilder#doneByHand} is set). While nobody asks, the server is
 * read from no further than a bounded number of bytes ahead: the {@link ClientBuilder#queue}, and
 * 64 MiB more while lines are unanswered.
 *
 * <p>For one thread at a time. There is one sequence of events to a client, however many iterators
 * there are: each event is handed out once.
 */
public final class Events implements Iterable<Event> {

  private final Mailbox mailbox;

  /** Taken by hasNext(), to be handed out next: it stays even if the client is closed meanwhile. */
  private volatile @Nullable Event ahead;

  Events(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * An iterator that waits for what is to come. It ends when the program has closed the client; its
   * methods throw a {@link ClientException} if the client has ended for another reason, or the
   * thread was interrupted.
   */
  @Override
  public Iterator<Event> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (ahead == null) {
          ahead = mailbox.take().orElse(null);
        }
        return ahead != null;
      }

      @Override
      public Event next() {
        return takeAhead().or(mailbox::take).orElseThrow(NoSuchElementException::new);
      }
    };
  }

  /**
   * Waits for the next event for so long at most and takes it.
   *
   * @return empty if none has come, or the program has closed the client
   * @throws ClientException if the client has ended for another reason, or the thread was
   *     interrupted
   */
  public Optional<Event> poll(Duration patience) {
    return takeAhead().or(() -> mailbox.take(patience));
  }

  private Optional<Event> takeAhead() {
    Optional<Event> event = Optional.ofNullable(ahead);
    ahead = null;
    return event;
  }
}
