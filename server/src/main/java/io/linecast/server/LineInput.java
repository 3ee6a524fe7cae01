package io.linecast.server;

import io.linecast.core.Batch;
import io.linecast.core.CloseReason;
import io.linecast.core.Counter;
import io.linecast.core.LineChannel;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.LineScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's sending side: its bytes are cut into lines, and these are published. Owned by the
 * connection's loop.
 *
 * <p>Reading → waiting (the channel holds senders; what was read before that took effect is held) →
 * reading … → ended or ignored.
 */
final class LineInput implements LineScanner.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(LineInput.class);

  private final LineListener listener;
  private final SocketChannel socket;
  private final Sweep sweep;
  private final Subscriber subscriber;
  private final LineScanner scanner;

  /** Read but not yet scanned, because the channel holds senders. */
  private @Nullable ArrayDeque<ByteBuf> held;

  private boolean waiting;
  private boolean ended;
  private boolean reset;
  private boolean ignored;

  LineInput(LineListener listener, SocketChannel socket, Sweep sweep, Subscriber subscriber) {
    this.listener = listener;
    this.socket = socket;
    this.sweep = sweep;
    this.subscriber = subscriber;
    this.scanner = new LineScanner(listener.options().maxLineBytes());
  }

  /** Takes what was read, and the reference to it. */
  void onBytes(ByteBuf bytes) {
    if (ignored) {
      bytes.release();
    } else if (waiting || channel().holdsSenders()) {
      hold(bytes);
    } else {
      scan(bytes);
    }
  }

  /** The client has ended its sending side. */
  void onEnd() {
    if (!ended) {
      ended = true;
      if (!waiting) {
        finish();
      }
    }
  }

  /** The connection was reset: whole lines that came before still count. */
  void onReset() {
    reset = true;
    onEnd();
  }

  /** Whatever comes from now on, and what is held, is thrown away. */
  void ignore() {
    ignored = true;
    if (held != null) {
      held.forEach(ByteBuf::release);
      held = null;
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether nothing will be published any more. */
  boolean isDone() {
    return ignored;
  }

  @Override
  public void onLines(ByteBuffer run, int lineCount) {
    if (ignored) {
      return;
    }
    int linesToStopWord = listener.options().allowEnd() ? StopWord.cutBehind(run) : 0;
    int lines = linesToStopWord > 0 ? linesToStopWord : lineCount;
    channel().publish(new Batch(subscriber, run, lines));
    if (linesToStopWord > 0) {
      ignore();
      LOG.info("{} sent the stopping word", socket.remoteAddress());
      listener.onStopWord();
    }
  }

  @Override
  public void onTooLong() {
    if (ignored) {
      return;
    }
    channel().counters().add(Counter.TOO_LONG_LINES, 1);
    listener.logTooLong(socket.remoteAddress());
    if (listener.options().tooLong() == TooLong.CLOSE) {
      ignore();
      channel().finish(subscriber, CloseReason.TOO_LONG);
    }
  }

  private void scan(ByteBuf bytes) {
    try {
      scanner.scan(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()), this);
    } finally {
      bytes.release();
    }
    if (!ignored && channel().holdsSenders()) {
      await();
    }
  }

  private void hold(ByteBuf bytes) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.add(bytes);
    await();
  }

  private void await() {
    if (!waiting) {
      waiting = true;
      socket.config().setAutoRead(false);
      channel().awaitRelease(sweep, this::resume);
    }
  }

  private void resume() {
    boolean done = false;
    try {
      goOn();
      done = true;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  private void goOn() {
    waiting = false;
    while (held != null && !held.isEmpty() && !waiting) {
      if (channel().holdsSenders()) {
        await();
      } else {
        scan(held.remove());
      }
    }
    if (!waiting) {
      held = null;
      if (ended) {
        finish();
      } else {
        socket.config().setAutoRead(true);
      }
    }
  }

  private void finish() {
    if (!ignored) {
      if (!reset) {
        scanner.end(this);
      }
      ignore();
      channel().finish(subscriber, CloseReason.FINISHED);
    }
    if (subscriber.isRetired()) {
      socket.close();
    }
  }

  private LineChannel channel() {
    return subscriber.channel();
  }
}
