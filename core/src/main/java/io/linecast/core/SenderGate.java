package io.linecast.core;

import io.linecast.core.event.ChannelRecorder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a channel's senders may go on: they wait while the server itself is behind, the journal
 * is, or, where the policy is to stall, a client is. Safe from any thread.
 */
final class SenderGate {

  /** Why senders wait, if for several things the first of these. */
  private enum Reason {
    OVERLOAD(Counter.OVERLOADS),
    STALL(Counter.STALLS),
    JOURNAL(Counter.JOURNAL_WAITS);

    private final Counter counter;

    Reason(Counter counter) {
      this.counter = counter;
    }
  }

  private final LineChannel channel;

  /** Senders wait. Looked at by every sender before each batch, on its own loop. */
  private final AtomicBoolean held = new AtomicBoolean();

  private final ChannelRecorder recorder;

  SenderGate(LineChannel channel) {
    this.channel = channel;
    this.recorder = new ChannelRecorder(channel.name(), held);
  }

  ChannelRecorder recorder() {
    return recorder;
  }

  boolean isHeld() {
    return held.get();
  }

  void await(Sweep sweep, Runnable resume) {
    sweep.waitingSenders().add(resume);
    if (!held.get()) {
      // Released between the sender's look and its queueing: nobody else would wake it.
      sweep.waitingSenders().releaseSoon();
    }
  }

  void awaitNoLonger(Sweep sweep, Runnable resume) {
    sweep.waitingSenders().remove(resume);
  }

  void holdIfNeeded() {
    if (held.get()) {
      return;
    }
    boolean overloaded = isOverloaded();
    boolean stalled = isStalled();
    if ((overloaded || stalled || isJammed()) && held.compareAndSet(false, true)) {
      Reason reason = reason(overloaded, stalled);
      channel.counters().add(reason.counter, 1);
      recorder.onHeld(reason);
      // The reason may have gone between the look and the setting: look once more.
      releaseIfReady();
    }
  }

  private static Reason reason(boolean overloaded, boolean stalled) {
    if (overloaded) {
      return Reason.OVERLOAD;
    }
    return stalled ? Reason.STALL : Reason.JOURNAL;
  }

  /** Called whenever what holds senders up may have gone. On any sweep's loop. */
  void releaseIfReady() {
    if (held.get() && !isBehind() && !isJammed() && held.compareAndSet(true, false)) {
      recorder.onReleased();
      wakeAll();
    }
  }

  /** The journal has room again or not, can keep lines again or not. From any thread. */
  void onJournalChanged() {
    holdIfNeeded();
    releaseIfReady();
    if (held.get() && !channel.journal().isWorking()) {
      wakeAll(); // who can be told does not wait
    }
  }

  private void wakeAll() {
    for (Sweep sweep : channel.sweeps()) {
      sweep.waitingSenders().releaseSoon();
    }
  }

  /** Whether lines that are kept may not enter yet. From any thread. */
  boolean isBehind() {
    return isOverloaded() || isStalled();
  }

  /** Whether the journal has enough to do, or can do nothing. */
  private boolean isJammed() {
    Journal journal = channel.journal();
    return journal.isFull() || !journal.isWorking();
  }

  /** Whether a loop is late; for those whom nobody follows any more it never catches up. */
  private boolean isOverloaded() {
    List<Edition> editions = channel.editions().all();
    for (int i = 0; i < editions.size(); i++) {
      if (editions.get(i).isFollowed() && isOverloaded(editions.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOverloaded(Edition edition) {
    Head head = edition.feed().head();
    List<Sweep> sweeps = edition.sweeps();
    for (int i = 0; i < sweeps.size(); i++) {
      if (edition.pace().isOverloaded(sweeps.get(i).revolutionBytes(head))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStalled() {
    List<Edition> editions = channel.editions().all();
    for (int i = 0; i < editions.size(); i++) {
      List<Sweep> sweeps = editions.get(i).sweeps();
      for (int j = 0; j < sweeps.size(); j++) {
        if (sweeps.get(j).holdsSenders()) {
          return true;
        }
      }
    }
    return false;
  }
}
