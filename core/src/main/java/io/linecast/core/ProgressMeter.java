package io.linecast.core;

/**
 * Looks how far the members of one sweep have come, while somebody waits for that. Owned by the
 * sweep's loop but for what is said.
 */
final class ProgressMeter {

  private final Sweep sweep;

  /** What the last look found. Volatile: those who wait ask on their own loops. */
  private volatile Progress progress = Progress.UNKNOWN;

  private boolean looking;

  ProgressMeter(Sweep sweep) {
    this.sweep = sweep;
  }

  /** From any thread. */
  Progress progress() {
    return progress;
  }

  /** Everybody has been visited. */
  void onRevolution() {
    if (board().isWatched()) {
      look();
    }
  }

  /** One member has come further, or has left, out of turn. */
  void onMemberProgress() {
    if (board().isWatched()) {
      lookAfterIo();
    }
  }

  /** Looks anew, soon. From any thread. */
  void lookSoon() {
    sweep.loop().execute(this::lookAfterIo);
  }

  private void lookAfterIo() {
    if (!looking) {
      looking = true;
      sweep.loop().executeAfterIo(this::look);
    }
  }

  private void look() {
    looking = false;
    Progress.Look look = new Progress.Look(sweep.feed().head().line());
    sweep.forEachMember(look::at);
    progress = look.result();
    board().onProgress();
  }

  private ProgressBoard board() {
    return sweep.channel().board();
  }
}
