package io.linecast.client;

import java.time.Duration;
import java.util.Optional;

/** Events received and not yet taken. */
@SuppressWarnings("DoNotCallSuggester") // for this commit only
final class Mailbox {

  boolean awaitNext() {
    throw new UnsupportedOperationException("not built yet");
  }

  Optional<Event> take(Duration patience) {
    throw new UnsupportedOperationException("not built yet");
  }
}
