package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A client on a blocking socket, for one thread; it waits for everything, but not for ever. */
public final class LineClient implements Attendee, AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int END = -1;
  private static final int NOTHING_YET = -2;

  private final Socket socket;
  private final byte[] incoming = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> strays = new ArrayList<>();
  private int position;
  private int limit;
  private long linesHeard;

  public LineClient(Socket socket) {
    this.socket = socket;
  }

  public static LineClient connect(InetSocketAddress address) {
    return connectWithReceiveBuffer(address, 0);
  }

  static LineClient connectWithReceiveBuffer(InetSocketAddress address, int receiveBytes) {
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(address, (int) PATIENCE.toMillis());
      return new LineClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + address, e);
    }
  }

  /** So many clients of a server, all of whom hear what is sent. */
  public static List<LineClient> joined(ServerUnderTest server, int count) {
    List<LineClient> clients = IntStream.range(0, count).mapToObj(i -> server.connect()).toList();
    Fence.gather(server, clients);
    return clients;
  }

  /** Its own end of the connection, as the server's log would name it. */
  public String localAddress() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Sends whole lines. */
  public void send(String... lines) {
    sendBytes((String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  /** Sends bytes as they are. */
  public void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(this + " cannot send", e);
    }
  }

  /** Sends bytes until the server closes the connection on it. */
  void sendUntilClosed(byte[] bytes, int timesAtMost) {
    try {
      for (int i = 0; i < timesAtMost; i++) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      return;
    }
  }

  /** Ends its own sending, and can still hear. */
  public void halfClose() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes without a word: the server gets a reset. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  /** Goes so that the server has seen it go, where it is a server that answers a half-close. */
  public void leave() {
    halfClose();
    long deadline = System.nanoTime() + Target.closingPatience().toNanos();
    while (fill(deadline) >= 0) {
      position = limit;
    }
  }

  /** The next line, without its LF. */
  public byte[] hearBytes() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int read = fillLine(deadline);
    if (read == END) {
      fail("%s: closed by the server where a line was to come", this);
    } else if (read == NOTHING_YET) {
      fail("%s: no line within %s", this, PATIENCE);
    }
    return takeLine();
  }

  public String hear() {
    return new String(hearBytes(), UTF_8);
  }

  /** So many lines. */
  public List<String> hear(int count) {
    return Stream.generate(this::hear).limit(count).toList();
  }

  /** Everything up to a line that must come; how many lines came before it. */
  public long hearThrough(String awaited) {
    long before = 0;
    while (!hear().equals(awaited)) {
      before++;
    }
    return before;
  }

  /** Everything up to the end of an orderly closed connection. */
  public List<String> hearToTheEnd() {
    List<String> lines = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int read = fillLine(deadline);
    while (read >= 0) {
      lines.add(new String(takeLine(), UTF_8));
      read = fillLine(deadline);
    }
    assertThat(read).as("%s: ended after %d lines", this, lines.size()).isEqualTo(END);
    assertThat(line.toByteArray()).as("%s: bytes after the last LF", this).isEmpty();
    return lines;
  }

  /** That the server closes the connection, in an orderly way and with nothing more to hear. */
  public void expectEnd() {
    assertThat(hearToTheEnd()).as("%s: heard before the end", this).isEmpty();
  }

  /** The whole lines heard until the connection ends in whatever way. */
  public List<String> hearUntilGone() {
    List<String> lines = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (fillLine(deadline) >= 0) {
        lines.add(new String(takeLine(), UTF_8));
      }
    } catch (UncheckedIOException e) {
      assertThat(e).hasCauseInstanceOf(SocketException.class);
    }
    assertThat(System.nanoTime()).as("%s: deadline to be gone", this).isLessThan(deadline);
    return lines;
  }

  /** That nothing comes for a while. */
  public void expectSilence(Duration time) {
    assertThat(limit - position).as("%s: bytes heard already", this).isZero();
    int read = fill(System.nanoTime() + time.toNanos());
    assertThat(read).as("%s: what a read gave instead of silence", this).isEqualTo(NOTHING_YET);
  }

  /** Whether the server closes the connection soon; what it hears meanwhile it hears later. */
  public boolean isClosedWithin(Duration time) {
    try {
      return position == limit && fill(System.nanoTime() + time.toNanos()) == END;
    } catch (UncheckedIOException reset) {
      return true;
    }
  }

  /** Whether the server lets it in: it hears what somebody sends who is in, or it is closed on. */
  boolean isLetIn(LineClient prober) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      assertThat(System.nanoTime()).as("%s: neither in nor closed on", this).isLessThan(deadline);
      prober.send(Fence.line(Fence.next()));
      if (isClosedWithin(Fence.ATTEMPT)) {
        return false;
      }
    } while (position == limit);
    return true;
  }

  /** How many lines it has heard, fences included. */
  long linesHeard() {
    return linesHeard;
  }

  /** Lines other than fences that it heard on the way to a fence. */
  public List<String> strays() {
    return List.copyOf(strays);
  }

  @Override
  public boolean hearsFence(int number, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      int read = fillLine(deadline);
      if (read == END) {
        fail("%s: closed by the server before fence %d", this, number);
      } else if (read == NOTHING_YET) {
        return false;
      }
      String text = new String(takeLine(), UTF_8);
      if (!text.startsWith(Fence.PREFIX)) {
        strays.add(text);
      } else if (Integer.parseInt(text.substring(Fence.PREFIX.length())) >= number) {
        return true;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "client %s (%d lines heard)".formatted(localAddress(), linesHeard);
  }

  private byte[] takeLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    linesHeard++;
    return bytes;
  }

  /** Gathers bytes until a line is whole; what was gathered stays where time is over. */
  private int fillLine(long deadline) {
    while (true) {
      for (int i = position; i < limit; i++) {
        if (incoming[i] == '\n') {
          line.write(incoming, position, i - position);
          position = i + 1;
          return 0;
        }
      }
      line.write(incoming, position, limit - position);
      position = limit;
      int read = fill(deadline);
      if (read < 0) {
        return read;
      }
    }
  }

  private int fill(long deadline) {
    try {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return NOTHING_YET;
      }
      socket.setSoTimeout((int) millis);
      int read = socket.getInputStream().read(incoming);
      position = 0;
      limit = Math.max(0, read);
      return read;
    } catch (SocketTimeoutException e) {
      return NOTHING_YET;
    } catch (IOException e) {
      throw new UncheckedIOException(this + " was cut off", e);
    }
  }
}
