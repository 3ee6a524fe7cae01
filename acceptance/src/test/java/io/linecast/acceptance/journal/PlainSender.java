package io.linecast.acceptance.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A sender who is told nothing: what it sends over a connection is to come in its order and without
 * a hole, and all of it if the connection ends in an orderly way.
 */
final class PlainSender implements Party {

  /** What each of its lines begins with. */
  static final String PREFIX = "plain";

  private static final int BURST_LINES = 20;
  private static final int SEND_BUFFER_BYTES = 64 << 10;

  private final String name;
  private final InetSocketAddress address;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final int paddingBytes;
  private final long pauseNanos;
  private final long mostLines;
  private volatile boolean ending;
  private int connection;

  /** Over the present connection. Written by its thread, looked at by the test's. */
  private volatile long sent;

  private PlainSender(
      String name,
      InetSocketAddress address,
      Ledger ledger,
      long seed,
      int paddingBytes,
      Duration pause,
      long mostLines) {
    this.name = PREFIX + name;
    this.address = address;
    this.ledger = ledger;
    this.random = new SplittableRandom(seed);
    this.paddingBytes = paddingBytes;
    this.pauseNanos = pause.toNanos();
    this.mostLines = mostLines;
  }

  /** Somebody who sends a few lines now and then, until it is to end. */
  static PlainSender leisurely(String name, InetSocketAddress address, Ledger ledger, long seed) {
    return new PlainSender(name, address, ledger, seed, 150, Duration.ofMillis(10), Long.MAX_VALUE);
  }

  /** Somebody who sends so many lines of a kilobyte as fast as they are taken. */
  static PlainSender hasty(
      String name, InetSocketAddress address, Ledger ledger, long seed, long lines) {
    return new PlainSender(name, address, ledger, seed, 1_000, Duration.ZERO, lines);
  }

  /** How many lines its socket has taken. */
  long sent() {
    return sent;
  }

  /** Whether it has nothing more to send. */
  boolean isDone() {
    return sent == mostLines;
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    while (!ending) {
      connection++;
      sent = 0;
      try (Socket socket = new Socket()) {
        socket.setSendBufferSize(SEND_BUFFER_BYTES);
        socket.connect(address);
        sendAll(socket.getOutputStream());
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        ledger.onSentPlain(name + " " + connection, sent);
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS); // the server is dead, or comes up
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void sendAll(OutputStream output) throws IOException {
    while (!ending && sent < mostLines) {
      StringBuilder burst = new StringBuilder();
      long lines = Math.min(1 + random.nextInt(BURST_LINES), mostLines - sent);
      for (long i = 1; i <= lines; i++) {
        burst.append(name).append(' ').append(connection).append(' ').append(sent + i).append(' ');
        burst.append("x".repeat(random.nextInt(paddingBytes))).append('\n');
      }
      output.write(burst.toString().getBytes(ISO_8859_1));
      sent += lines;
      LockSupport.parkNanos(pauseNanos);
    }
  }
}
