package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Numbering;
import io.linecast.core.Publisher;
import io.linecast.core.Receipt;
import io.linecast.protocol.Code;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's own numbers for its lines, if it has any. Owned by the connection's loop. */
final class PostedNumbers {

  /** Null if the client has named none. */
  private final @Nullable Publisher publisher;

  /** The next line's. */
  private long next;

  PostedNumbers(@Nullable Publisher publisher, long first) {
    this.publisher = publisher;
    this.next = first;
  }

  /** Whether the next line is to be published: an earlier request has not brought it. */
  boolean isNextNew(LineChannel channel) {
    return publisher == null
        || channel.publishers().ask(publisher, known -> known.useOf(next) == Publisher.Use.NEW);
  }

  /** The numbers of the next lines; null if they have none. */
  @Nullable Numbering take(int count) {
    if (publisher == null) {
      return null;
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = next++;
    }
    return new Numbering(publisher, numbers);
  }

  /** Whether another request publishes under the name now. */
  boolean areAnothers(Publisher.Holder request) {
    return publisher != null && !publisher.isHeldBy(request);
  }

  /**
   * What the next line became that an earlier request has brought; empty if that is not known yet.
   *
   * @param onKnown called once it is, on any thread
   * @throws ProblemException if it became nothing, or that is forgotten
   */
  Optional<Receipt> passEarlier(LineChannel channel, Runnable onKnown) {
    Optional<Receipt> earlier =
        publisher == null
            ? Optional.empty()
            : channel.publishers().ask(publisher, known -> earlier(known, onKnown));
    if (earlier.isPresent()) {
      next++;
    }
    return earlier;
  }

  /** While nobody else publishes under the name. */
  private Optional<Receipt> earlier(Publisher known, Runnable onKnown) {
    switch (known.useOf(next)) {
      case SENT -> {
        return Optional.of(new Receipt(known.lineOf(next), known.othersOf(next)));
      }
      case AWAITED -> known.whenSettled(onKnown);
      case PASSED_OVER, NEW ->
          throw new ProblemException(
              Problem.of(Code.BAD_NUMBER, "numbers rise, and " + known.highest() + " was used"));
      case FORGOTTEN ->
          throw new ProblemException(
              Problem.of(Code.DUPLICATE, "too long ago to be known: it may have been sent"));
    }
    return Optional.empty();
  }

  /** Others may publish under the name. */
  void letGo(LineChannel channel, Publisher.Holder request) {
    if (publisher != null) {
      channel.publishers().letGo(publisher, request);
    }
  }
}
