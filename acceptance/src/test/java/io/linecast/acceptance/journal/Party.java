package io.linecast.acceptance.journal;

/** Somebody who sends or listens, on a thread of its own, however often the server dies. */
interface Party extends Runnable {

  /** How long it waits before it tries again. */
  long LOOK_AGAIN_NANOS = 5_000_000;

  /** Its thread is to end soon: a sender's once all that it has begun to send is answered. */
  void end();
}
