package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import org.jspecify.annotations.Nullable;

/** Up to which line a client says that it is done. Owned by its connection's loop. */
final class DoneMark {

  private final LineChannel channel;

  /** Null if it does not listen, and so has nothing to be done with. */
  private final @Nullable Subscriber subscriber;

  private long line;

  /** Done with everything before it came. */
  DoneMark(LineChannel channel, @Nullable Subscriber subscriber, long line) {
    this.channel = channel;
    this.subscriber = subscriber;
    this.line = line;
  }

  long line() {
    return line;
  }

  /** It is done with more, unless it has said so before. */
  void raise(long to) {
    if (to > line && subscriber != null) {
      line = to;
      subscriber.sweep().onMemberProgress();
    }
  }

  /** Whether there are lines that it is not done with. */
  boolean isBehind() {
    return subscriber != null && line < channel.feed().head().line();
  }
}
