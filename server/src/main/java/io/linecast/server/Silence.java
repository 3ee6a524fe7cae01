package io.linecast.server;

/**
 * How long nothing has come from a client, and nothing has gone to it, in ticks of its loop's
 * timer; and what is due because of that. Owned by the connection's loop.
 */
final class Silence {

  /** What is to be done about a silence. */
  enum Due {
    NOTHING,
    PING,
    BYE
  }

  /**
   * What has happened since the tick before.
   *
   * @param heard something has come from the client
   * @param canAnswer the client could have been heard: it may still send, and is read from
   * @param said bytes have been handed to its socket
   * @param full its socket has no room
   */
  record Tick(boolean heard, boolean canAnswer, boolean said, boolean full) {}

  /** How often the timer ticks in a heartbeat. */
  static final int TICKS = 4;

  /** So many the client may leave without an answer. */
  static final int PINGS_MAX = 2;

  private int unheardTicks;
  private int unsaidTicks;

  /** Takes note of a tick, and says what is due at it. */
  Due after(Tick tick) {
    // Nobody is silent whom the server does not hear.
    unheardTicks = tick.heard() || !tick.canAnswer() ? 0 : unheardTicks + 1;
    // But whoever hears nothing must take the server for dead.
    unsaidTicks = tick.said() ? 0 : unsaidTicks + 1;
    if (unheardTicks == (PINGS_MAX + 1) * TICKS) {
      return Due.BYE;
    }
    boolean ask = unheardTicks > 0 && unheardTicks % TICKS == 0;
    // What waits for room will break the silence, and finds out who is gone.
    boolean speak = unsaidTicks >= TICKS && !tick.full();
    return ask || speak ? Due.PING : Due.NOTHING;
  }
}
