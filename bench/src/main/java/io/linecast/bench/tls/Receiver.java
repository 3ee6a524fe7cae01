package io.linecast.bench.tls;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Throws away what comes on many sockets, without copying it: the load must not be what is
 * measured. A thread of its own.
 */
final class Receiver implements Runnable {

  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_TRUNC = 0x20;
  private static final long MOST_BYTES = 4 << 20;
  private static final long REST_NANOS = 50_000;

  private final MethodHandle recv;
  private final int[] sockets;

  /** Read by who measures; written by this thread. */
  private final LongAdder bytes = new LongAdder();

  private volatile boolean stopped;
  private volatile int ended;

  @SuppressWarnings("restricted")
  Receiver(int[] sockets) {
    this.sockets = sockets;
    Linker linker = Linker.nativeLinker();
    this.recv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("recv"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT),
            Linker.Option.critical(false));
  }

  long bytes() {
    return bytes.sum();
  }

  /** How many connections the server has ended, when all were last looked at. */
  int ended() {
    return ended;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      long some = 0;
      int over = 0;
      for (int socket : sockets) {
        long count = discard(socket);
        some += Math.max(0, count);
        over += count == 0 ? 1 : 0;
      }
      ended = over;
      bytes.add(some);
      if (some == 0) {
        LockSupport.parkNanos(REST_NANOS);
      }
    }
  }

  private long discard(int socket) {
    try {
      return (long) recv.invokeExact(socket, 0L, MOST_BYTES, MSG_DONTWAIT | MSG_TRUNC);
    } catch (Throwable impossible) {
      throw new LinkageError("recv", impossible);
    }
  }
}
