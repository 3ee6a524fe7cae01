package io.linecast.core.event;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells the flight recorder what becomes of a channel's late. Safe from any thread. */
public final class ChannelRecorder {

  private final String channel;

  /** Whether the channel's senders wait; the channel sets it. */
  private final AtomicBoolean held;

  /** The hold under way; null if there is none, or nobody recorded when it began. */
  private final AtomicReference<@Nullable OverloadEvent> hold = new AtomicReference<>();

  /** A recorder for a channel that says by {@code held} whether its senders wait. */
  public ChannelRecorder(String channel, AtomicBoolean held) {
    this.channel = channel;
    this.held = held;
  }

  /**
   * A client was lapped.
   *
   * @param lines how many lines it will not get
   * @param lagBytes how far behind the head it was
   */
  public void onLapped(Enum<?> policy, long lines, long lagBytes) {
    if (LappedEvent.PROBE.isEnabled()) {
      LappedEvent event = new LappedEvent();
      event.channel = channel;
      event.policy = policy.name();
      event.lines = lines;
      event.lagBytes = lagBytes;
      event.commit();
    }
  }

  /** Senders wait from now on. Called after {@code held} was set. */
  public void onHeld(Enum<?> reason) {
    if (!OverloadEvent.PROBE.isEnabled()) {
      return;
    }
    OverloadEvent event = new OverloadEvent();
    event.channel = channel;
    event.reason = reason.name();
    event.begin();
    hold.compareAndSet(null, event);
    if (!held.get()) {
      // Released before the event was there to be ended: nobody else would end it.
      onReleased();
    }
  }

  /** Senders go on. Called after {@code held} was cleared. */
  public void onReleased() {
    if (hold.get() != null) {
      OverloadEvent event = hold.getAndSet(null);
      if (event != null) {
        event.commit();
      }
    }
  }
}
