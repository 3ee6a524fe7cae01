package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.protocol.Code;
import io.linecast.server.LineInput.Pause;

/**
 * Whether a client is still there: it is asked after some silence, twice, and given up when it does
 * not answer. Counts ticks of its loop's timer, so that reading costs no look at a clock. Owned by
 * the connection's loop.
 */
final class Heartbeat {

  /** How often the timer ticks in a heartbeat. */
  static final int TICKS = 4;

  private static final int PINGS_MAX = 2;

  private final AckConnection connection;
  private final LineInput input;

  /** Since the last tick; the hello counts. */
  private boolean heard = true;

  private int silentTicks;
  private int pings;
  private long lastPing;

  Heartbeat(AckConnection connection, LineInput input) {
    this.connection = connection;
    this.input = input;
  }

  void onHeard() {
    heard = true;
  }

  void tick() {
    if (heard || input.isPausedFor(Pause.SENDERS_HELD) || input.isPausedFor(Pause.UNANSWERED)) {
      // Nobody is silent whom the server keeps waiting.
      heard = false;
      silentTicks = 0;
      pings = 0;
      return;
    }
    silentTicks++;
    if (silentTicks % TICKS != 0) {
      return;
    }
    if (input.hasEnded()) {
      // It cannot answer. But it may be gone, and only writing to it finds that out.
      if (!connection.outbox().isBlocked()) {
        ping();
      }
    } else if (pings == PINGS_MAX) {
      connection.bye(Code.IDLE, PINGS_MAX + " PINGs were not answered", CloseReason.IDLE);
    } else {
      pings++;
      ping();
    }
  }

  private void ping() {
    connection.say("PING " + ++lastPing);
  }
}
