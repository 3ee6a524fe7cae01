package io.linecast.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that can be read from up to a moment, however many reads that takes: TLS makes several
 * of one, and each would have the whole time anew.
 */
final class TimedSocket extends Socket {

  private static final int NOTHING_YET = -1;

  // Set and read by the reading thread; volatile for who takes over from it.
  private volatile boolean hasDeadline;
  private volatile long deadlineNanos;
  private volatile int firstByte = NOTHING_YET;

  /** Reads end with a {@link SocketTimeoutException} from that moment on. */
  void readUntil(long deadline) {
    deadlineNanos = deadline;
    hasDeadline = true;
  }

  /** Each read has so long from now on. */
  void readWithin(Duration timeout) throws IOException {
    hasDeadline = false;
    setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
  }

  /** Each read has all the time there is from now on. */
  void readForEver() throws IOException {
    hasDeadline = false;
    setSoTimeout(0);
  }

  /** The first byte that has come; negative if none has. */
  int firstByte() {
    return firstByte;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new TimedInput(super.getInputStream());
  }

  static int millisTo(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis < 1) {
      throw new SocketTimeoutException("no time is left");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private final class TimedInput extends FilterInputStream {

    TimedInput(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      if (hasDeadline) {
        setSoTimeout(millisTo(deadlineNanos));
      }
      int count = super.read(bytes, from, most);
      if (count > 0 && firstByte == NOTHING_YET) {
        firstByte = bytes[from] & 0xFF;
      }
      return count;
    }
  }
}
