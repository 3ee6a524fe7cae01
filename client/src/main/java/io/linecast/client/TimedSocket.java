package io.linecast.client;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket as TLS needs it. It can be read from up to a moment, however many reads that takes: TLS
 * makes several of one, and each would have the whole time anew. And it can gather what is written
 * until an answer is waited for: a server that refuses the first of several messages says why and
 * ends the connection, and to write the second one then would fail, before that was read.
 */
final class TimedSocket extends Socket {

  private static final int NOTHING_YET = -1;

  // Set and read by the reading thread; volatile for who takes over from it.
  private volatile boolean hasDeadline;
  private volatile long deadlineNanos;
  private volatile int firstByte = NOTHING_YET;

  /** Null unless what is written is gathered. Until that is over the opening thread's own. */
  private volatile @Nullable ByteArrayOutputStream gathered;

  /** One of TCP. */
  TimedSocket() {}

  /** One of something else. */
  TimedSocket(SocketImpl carrier) throws SocketException {
    super(carrier);
  }

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

  /** What is written from now on waits until something is read, or {@link #gatherNoMore}. */
  void gather() {
    gathered = new ByteArrayOutputStream();
  }

  void gatherNoMore() throws IOException {
    writeGathered();
    gathered = null;
  }

  private void writeGathered() throws IOException {
    ByteArrayOutputStream waiting = gathered;
    if (waiting != null && waiting.size() > 0) {
      byte[] bytes = waiting.toByteArray();
      waiting.reset();
      super.getOutputStream().write(bytes);
    }
  }

  /** The first byte that has come; negative if none has. */
  int firstByte() {
    return firstByte;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new TimedInput(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new GatheringOutput(super.getOutputStream());
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
      try {
        writeGathered();
      } catch (SocketException e) {
        // Whatever has been said before that is there to be read, or nothing is, and that fails
        // too.
      }
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

  private final class GatheringOutput extends FilterOutputStream {

    GatheringOutput(OutputStream output) {
      super(output);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      ByteArrayOutputStream waiting = gathered;
      if (waiting == null) {
        out.write(bytes, from, count);
      } else {
        waiting.write(bytes, from, count);
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }
}
