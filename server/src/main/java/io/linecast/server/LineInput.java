package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.Sweep;
import io.linecast.protocol.LineScanner;
import io.linecast.server.access.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client's sending side: its bytes are cut into lines, and these go to whoever knows what they
 * mean. Owned by the connection's loop.
 *
 * <p>Reading → waiting (what was read before that took effect is held) → reading … → ended or
 * ignored. Whoever would publish lines while the channel holds its senders has them kept: {@link
 * #keepWhileHeld}. What publishes nothing is read all the same.
 */
final class LineInput extends PausableInput implements LineScanner.Receiver {

  private final HeldGrowth growth;
  private final LineScanner scanner;
  private @Nullable LineConsumer consumer;
  private Sweep sweep;

  /** Read but not yet scanned. */
  private @Nullable ArrayDeque<ByteBuf> held;

  /** Comes before what is held. */
  private @Nullable KeptLines kept;

  private boolean ended;
  private boolean reset;
  private boolean ignored;

  /**
   * Nothing has been read yet. {@link #speak} comes before the first bytes.
   *
   * @param sweep of the connection's loop and channel
   */
  LineInput(DuplexChannel socket, ServerLoop loop, Sweep sweep, int maxLineBytes) {
    super(socket);
    this.growth = loop.growth();
    this.sweep = sweep;
    this.scanner = new LineScanner(maxLineBytes);
  }

  /** Lines go there from now on. */
  void speak(LineConsumer to) {
    consumer = to;
  }

  /** The client goes on in another channel. */
  void enter(Sweep ofChannel) {
    sweep = ofChannel;
  }

  /** Lines up to this length are let through from now on. While lines are handed on, or none is. */
  void setMaxLineBytes(int bytes) {
    scanner.setMaxLineBytes(bytes);
  }

  /** What is held of what it has sent. */
  long heldBytes() {
    long reads = held == null ? 0 : held.stream().mapToLong(ByteBuf::capacity).sum();
    return scanner.heldBytes() + reads + (kept == null ? 0 : kept.bytes());
  }

  SocketAddress client() {
    return Peer.addressOf(socket());
  }

  /** Takes what was read, and the reference to it. */
  void onBytes(ByteBuf bytes) {
    if (ignored) {
      bytes.release();
    } else if (isPaused()) {
      hold(bytes);
    } else {
      scan(bytes);
    }
  }

  /** The client has ended its sending side. */
  void onEnd() {
    if (!ended) {
      ended = true;
      if (!isPaused()) {
        finish();
      }
    }
  }

  /** The connection was reset: whole lines that came before still count. */
  void onReset() {
    reset = true;
    onEnd();
  }

  boolean wasReset() {
    return reset;
  }

  /** Whether it is the server that keeps it from sending, or from ending. */
  boolean isKeptWaiting() {
    return isPausedFor(Pause.RATE) || isPausedFor(Pause.UNKEPT);
  }

  /** Whatever comes from now on, and what is held, is thrown away. */
  void ignore() {
    ignored = true;
    if (held != null) {
      held.forEach(ByteBuf::release);
      held = null;
    }
    kept = null;
  }

  void close() {
    socket().close();
  }

  /** Whether the first line has begun, is a hello, and has not ended. */
  boolean isWithinHello() {
    return consumer instanceof FirstLine && scanner.holdsBeginning(FirstLine.PREFIX);
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether nothing will come of what the client sends any more. */
  boolean isDone() {
    return ignored;
  }

  /** Whether what it sent may still be read once it has gone; not if it waits for the journal. */
  boolean isReadOn() {
    return !ignored && !isPausedFor(Pause.UNKEPT);
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (kept != null) {
      kept.add(run, lineCount);
    } else if (!ignored) {
      consumer().onLines(run, lineCount);
    }
  }

  @Override
  public void onTooLong(ByteBuffer beginning) {
    if (kept != null) {
      kept.addTooLong(beginning);
    } else if (!ignored) {
      consumer().onTooLong(beginning);
    }
  }

  /**
   * If senders may not go on now, keeps lines until they may, and reads no further.
   *
   * @param run the lines that the consumer has at hand, or the last of them
   * @return whether they are kept: the consumer is handed them again
   */
  boolean keepWhileHeld(ByteBuffer run, int lineCount) {
    if (!channel().holdsSenders()) {
      return false;
    }
    keep(run, lineCount);
    awaitRelease();
    return true;
  }

  /** Keeps lines that the consumer has at hand; it is handed them again once nothing pauses it. */
  void keep(ByteBuffer run, int lineCount) {
    if (kept == null) {
      kept = new KeptLines();
    }
    growth.add(run.remaining());
    kept.addFirst(run, lineCount);
  }

  /** Keeps the lines to come that have been read already. Reading is about to be paused. */
  void keepAll() {
    if (kept == null) {
      kept = new KeptLines();
    }
  }

  /** Reads no further while the channel holds its senders. */
  void awaitReleaseIfHeld() {
    if (!ignored && channel().holdsSenders()) {
      awaitRelease();
    }
  }

  /** Takes what was read, portion by portion; where it is to stop between two, holds the rest. */
  private void scan(ByteBuf bytes) {
    boolean rest = false;
    try {
      do {
        rest = false; // a fault throws it away
        scanPortion(bytes);
        rest = bytes.isReadable() && !ignored;
      } while (rest && !isPaused());
    } finally {
      if (!rest) {
        bytes.release();
      }
    }
    if (rest) {
      held().addFirst(bytes);
    }
  }

  private void scanPortion(ByteBuf bytes) {
    ByteBuffer all = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
    int length = channel().portionOf(all, scanner.heldBytes() > 0);
    ByteBuffer portion = bytes.internalNioBuffer(bytes.readerIndex(), length);
    bytes.skipBytes(length);
    scanner.scan(portion, this);
    growth.add(Math.min(length, scanner.heldBytes()));
    if (scanner.isDiscarding() && !ignored) {
      consumer().onDiscarded(length);
    }
  }

  private ArrayDeque<ByteBuf> held() {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    return held;
  }

  private void hold(ByteBuf bytes) {
    socket().config().setAutoRead(false); // whoever has turned it on: what is held has no bound
    growth.add(bytes.capacity());
    held().add(bytes);
  }

  private void awaitRelease() {
    if (!isPausedFor(Pause.SENDERS_HELD)) {
      pause(Pause.SENDERS_HELD);
      channel().awaitRelease(sweep, () -> resume(Pause.SENDERS_HELD));
    }
  }

  @Override
  void goOn() {
    handOnKept();
    while (held != null && !held.isEmpty() && !isPaused()) {
      scan(held.remove());
    }
    if (!isPaused()) {
      held = null;
      if (ended) {
        finish();
      } else {
        socket().config().setAutoRead(true);
      }
    }
  }

  private void handOnKept() {
    while (kept != null && !isPaused()) {
      if (kept.isEmpty()) {
        kept = null;
      } else {
        kept.handOn(consumer(), channel());
      }
    }
  }

  /** Called again if the last line was kept. */
  private void finish() {
    if (!ignored) {
      if (!reset && consumer().completesLastLine()) {
        scanner.end(this);
      }
      if (!ignored && kept == null) {
        consumer().onEnd();
      }
    }
  }

  private LineConsumer consumer() {
    return Objects.requireNonNull(consumer, "nobody to speak to");
  }

  private LineChannel channel() {
    return sweep.channel();
  }
}
