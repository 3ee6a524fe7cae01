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
    /** The client has answered nothing: it is given up. */
    BYE_UNANSWERED,
    /** The client has read nothing: it is given up. */
    BYE_UNREAD
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

  /** After so many it is given up. */
  static final int HEARTBEATS_MAX = PINGS_MAX + 1;

  private int unheardTicks;
  private int unsaidTicks;

  /** At the last tick. */
  private boolean full;

  /** Takes note of a tick, and says what is due at it. */
  Due after(Tick tick) {
    boolean wasFull = full;
    full = tick.full();
    // A full socket has room again because somebody reads; any other takes bytes from itself.
    boolean reads = wasFull && tick.said();
    boolean unread = wasFull && full && !tick.said();
    // Nobody is silent whom the server does not hear. But read he could.
    boolean excused = !tick.canAnswer() && !unread;
    unheardTicks = tick.heard() || reads || excused ? 0 : unheardTicks + 1;
    unsaidTicks = tick.said() ? 0 : unsaidTicks + 1;
    if (unheardTicks == HEARTBEATS_MAX * TICKS) {
      return unread ? Due.BYE_UNREAD : Due.BYE_UNANSWERED;
    }
    // Whoever hears nothing must take the server for dead.
    boolean broken = isWholeHeartbeat(unheardTicks) || unsaidTicks >= TICKS;
    // A PING behind what waits for room would ask nothing yet, and that itself will be heard.
    return broken && !full ? Due.PING : Due.NOTHING;
  }

  private static boolean isWholeHeartbeat(int ticks) {
    return ticks > 0 && ticks % TICKS == 0;
  }
}
