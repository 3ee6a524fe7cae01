package io.linecast.load;

import java.util.Arrays;

/**
 * The connections of a run, known by their place from 0 on, with the epoll they all belong to and
 * the count of what each has received. Used by one thread, but for {@link #send}.
 */
final class Fleet implements AutoCloseable {
  /** The most bytes taken from one socket before the others have their turn. */
  private static final long DISCARD_MAX_BYTES = 4L << 20;

  private static final long CLOSE_WAIT_NANOS = 10_000_000_000L;
  private static final int POLL_MILLIS = 100;
  private static final int CLOSED = -1;

  private final Epoll epoll;
  private final int[] sockets;
  private final long[] receivedBytes;
  private final long[] firstNumbers; // 0 where lines have none
  private int firstCounted;
  private long totalReceivedBytes;
  private int closed;

  Fleet(Epoll epoll, int[] sockets) {
    this.epoll = epoll;
    this.sockets = sockets;
    this.receivedBytes = new long[sockets.length];
    this.firstNumbers = new long[sockets.length];
  }

  Epoll epoll() {
    return epoll;
  }

  int size() {
    return sockets.length;
  }

  boolean isOpen(int connection) {
    return sockets[connection] != CLOSED;
  }

  /** How many connections have ended. */
  int closed() {
    return closed;
  }

  /** What connections before this one receive does not count into the total. */
  void countFrom(int connection) {
    firstCounted = connection;
  }

  long receivedBytes(int connection) {
    return receivedBytes[connection];
  }

  long totalReceivedBytes() {
    return totalReceivedBytes;
  }

  /**
   * From now on a connection receives lines with numbers.
   *
   * @param first of the first line
   * @param bytes of such lines that it has received already
   */
  void beginNumbers(int connection, long first, long bytes) {
    firstNumbers[connection] = first;
    receivedBytes[connection] = bytes;
  }

  /** The number of the first line that counts on a connection; 0 if lines have no numbers. */
  long firstNumber(int connection) {
    return firstNumbers[connection];
  }

  /** Begins to count anew, with the numbers that follow. */
  void forgetReceived(LineLengths lengths) {
    for (int i = 0; i < sockets.length; i++) {
      if (firstNumbers[i] > 0) {
        firstNumbers[i] += lengths.lines(firstNumbers[i], receivedBytes[i]);
      }
    }
    Arrays.fill(receivedBytes, 0);
    totalReceivedBytes = 0;
  }

  /** Throws away what a connection has received; says whether there may be more. */
  boolean discard(int connection) {
    return received(
        connection, Libc.discard(sockets[connection], DISCARD_MAX_BYTES), DISCARD_MAX_BYTES);
  }

  /**
   * Reads into memory at {@code address}; returns the number of bytes, 0 if there is nothing now or
   * ever.
   */
  int read(int connection, long address, int capacityBytes) {
    long count = Libc.receive(sockets[connection], address, capacityBytes);
    received(connection, count, capacityBytes);
    return (int) Math.max(0, count);
  }

  /**
   * Returns the number of bytes the kernel took, 0 if it can take none now or ever: that a
   * connection is broken is found out by whoever reads from it. May be called by a second thread.
   */
  long send(int connection, long address, long sizeBytes) {
    return Math.max(0, Libc.send(sockets[connection], address, sizeBytes));
  }

  /** Resets every connection. */
  void reset() {
    for (int i = 0; i < sockets.length; i++) {
      if (isOpen(i)) {
        Libc.resetOnClose(sockets[i]);
        end(i);
      }
    }
    epoll.close();
  }

  /** The connection's descriptor. */
  int socket(int connection) {
    return sockets[connection];
  }

  /**
   * Says goodbye on every connection, and waits, not for ever, until the server has done so too.
   */
  void closeOrderly() {
    for (int i = 0; i < sockets.length; i++) {
      if (isOpen(i)) {
        Libc.shutdownOutput(sockets[i]);
      }
    }
    discardFor(CLOSE_WAIT_NANOS);
    close();
  }

  /** Throws away what comes for so long, or until no connection is left. */
  void discardFor(long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (closed < sockets.length && System.nanoTime() < deadline) {
      discardReady(POLL_MILLIS);
    }
  }

  /** Throws away what comes until nothing has come for so long, or the time is over. */
  void discardUntilQuiet(int quietMillis, long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (discardReady(quietMillis) > 0 && System.nanoTime() < deadline) {}
  }

  /** Throws away what there is or comes within a time; says how many connections had news. */
  int discardReady(int timeoutMillis) {
    int ready = epoll.poll(timeoutMillis);
    for (int event = 0; event < ready; event++) {
      int connection = epoll.token(event);
      if (epoll.isReadable(event)) {
        while (isOpen(connection) && discard(connection)) {}
      }
    }
    return ready;
  }

  /** Ends in whatever way there is. */
  @Override
  public void close() {
    for (int i = 0; i < sockets.length; i++) {
      if (isOpen(i)) {
        end(i);
      }
    }
    epoll.close();
  }

  private boolean received(int connection, long count, long capacityBytes) {
    if (count > 0) {
      receivedBytes[connection] += count;
      totalReceivedBytes += connection >= firstCounted ? count : 0;
      if (count == capacityBytes) {
        epoll.rearm(sockets[connection], connection);
      }
      return true;
    }
    if (count != -Libc.EAGAIN) {
      end(connection);
    }
    return false;
  }

  private void end(int connection) {
    Libc.close(sockets[connection]);
    sockets[connection] = CLOSED;
    closed++;
  }
}
