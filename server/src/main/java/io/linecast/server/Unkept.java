package io.linecast.server;

import io.linecast.core.Receipt;
import io.linecast.core.Settlement;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which of a plain client's lines the journal has not handed back: whoever ends in an orderly way
 * is told so only when there are none. Lines that will never be kept are waited for no longer
 * either.
 *
 * <p>Owned by the connection's loop, but for what the journal tells.
 */
final class Unkept implements Settlement {

  private final Runnable onNoneLeft;
  private long published;

  /** Counted by the journal, asked by the loop. */
  private final AtomicLong settled = new AtomicLong();

  /**
   * How many the client has sent in all; -1 until it has ended. Volatile: the loop writes it and
   * then looks what is settled, the journal counts and then looks here, so one of them sees both.
   */
  private volatile long end = -1;

  /**
   * Nothing has been published.
   *
   * @param onNoneLeft run on any thread, when the last line has come after {@link #isWaitedFor}
   */
  Unkept(Runnable onNoneLeft) {
    this.onNoneLeft = onNoneLeft;
  }

  /** The journal has so many more. */
  void add(int lines) {
    published += lines;
  }

  /** Whether there are any, now that the client sends nothing more. */
  boolean isWaitedFor() {
    end = published;
    return settled.get() < end;
  }

  @Override
  public void onSettled(int lines, Receipt receipt) {
    if (settled.addAndGet(lines) == end) {
      onNoneLeft.run();
    }
  }

  /** They are kept whatever happens: a plain client cannot be told. */
  @Override
  public boolean isAwaited() {
    return false;
  }
}
