package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.protocol.Code;
import java.time.Duration;

/**
 * Breaks silences: a client that says nothing is asked whether it is there, and given up when it
 * neither answers nor reads; one that hears nothing is shown that the server is. Owned by the
 * connection's loop.
 */
final class Heartbeat {

  /** A timer that runs more often than this would cost more than it spreads. */
  private static final long SLICE_MILLIS_MIN = 50;

  private static final long SLICES_MAX = 64;

  private final AckConnection connection;
  private final LineInput input;
  private final Outbox outbox;
  private final Silence silence = new Silence();

  /** Since the last tick; the hello counts. */
  private boolean heard = true;

  /** At the last tick. */
  private long takenBytes;

  private long lastPing;

  Heartbeat(AckConnection connection, LineInput input, Outbox outbox) {
    this.connection = connection;
    this.input = input;
    this.outbox = outbox;
  }

  /** In how many slices a loop's clients are visited between one tick and the next. */
  static int slices(Duration heartbeat) {
    return (int)
        Math.clamp(heartbeat.toMillis() / Silence.TICKS / SLICE_MILLIS_MIN, 1L, SLICES_MAX);
  }

  /** How long it is from the visit of one slice to that of the next. */
  static long nanosBetweenSlices(Duration heartbeat) {
    return Math.max(1, heartbeat.toNanos() / Silence.TICKS / slices(heartbeat));
  }

  void onHeard() {
    heard = true;
  }

  /** Called by the timer, {@link Silence#TICKS} times a heartbeat: reading looks at no clock. */
  void tick() {
    long taken = outbox.takenBytes();
    Silence.Tick tick =
        new Silence.Tick(heard, canAnswer(), taken != takenBytes, outbox.isBlocked());
    heard = false;
    takenBytes = taken;
    switch (silence.after(tick)) {
      case NOTHING -> {}
      case PING -> connection.say("PING " + ++lastPing);
      case BYE_UNANSWERED -> giveUp(Silence.PINGS_MAX + " PINGs were not answered");
      case BYE_UNREAD -> giveUp("nothing was read for " + Silence.HEARTBEATS_MAX + " heartbeats");
    }
  }

  private void giveUp(String why) {
    connection.bye(Code.IDLE, why, CloseReason.IDLE);
  }

  private boolean canAnswer() {
    return !input.hasEnded()
        && !input.isPausedFor(Pause.SENDERS_HELD)
        && !input.isPausedFor(Pause.UNANSWERED)
        && !input.isPausedFor(Pause.RATE);
  }
}
