package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.core.Publisher;
import io.linecast.core.Segment;
import io.linecast.core.SlowPolicy;
import io.linecast.core.Subscriber;
import io.linecast.protocol.GapReason;
import io.linecast.server.access.Peer;
import io.linecast.server.web.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the web port that hears lines: how it is written to, and how it ends. Owned by
 * its loop.
 *
 * <p>Open → ended (its last bytes have been said) → closed.
 */
abstract class WebStream extends WebGuest implements Publisher.Holder {

  private static final Logger LOG = LoggerFactory.getLogger(WebStream.class);

  private final Outbox outbox;

  /** From its arrival until it has left. */
  private @Nullable Subscriber subscriber;

  private @Nullable CloseReason closeReason;
  private boolean inputEnded;

  /** From the moment that its last bytes have been said. */
  private @Nullable GoodBye goodBye;

  /** Since somebody last asked. */
  private boolean said;

  WebStream(WebPort port, ServerLoop loop, Exchange exchange) {
    super(port, loop, exchange);
    this.outbox = new Outbox(socket(), loop, false, this::onRoom, this::bytesOf);
  }

  /** What comes last of all, in a direct buffer; nothing follows it. */
  abstract ByteBuf farewell(CloseReason reason);

  /** How a gap is said, in a direct buffer, where it can be said. */
  abstract ByteBuf bytesOf(Gap gap);

  /** The client sends nothing more. */
  abstract void onInputEnd();

  /** The connection is about to be closed, and not everything has been said. */
  void onCutOff() {}

  /** The connection was reset. */
  void onReset() {}

  /** Whether what the client has sent may still have to be read: then it counts. */
  boolean isReadOn() {
    return false;
  }

  /** The connection has been closed. */
  void onClosed() {}

  /** It is a client of its channel from now on. */
  void arrived(Subscriber part) {
    subscriber = part;
    enter();
  }

  /** Its part in what is heard. It must have one. */
  Subscriber subscriber() {
    return Objects.requireNonNull(subscriber);
  }

  boolean hasInputEnded() {
    return inputEnded;
  }

  boolean isBlocked() {
    return outbox.isBlocked();
  }

  /** Says a gap in its turn; one for all that come while the client does not read. */
  void say(Gap gap) {
    outbox.gap(gap).ifPresent(this::write);
  }

  /**
   * Whether a stream in which a gap cannot be said ends at one. Whoever is slow skips lines if the
   * server was told to let it; lines that it asked for, and that are gone, are none to skip.
   */
  static boolean mustEndAt(GapReason reason, ServerOptions options) {
    return reason != GapReason.SLOW || options.slow() != SlowPolicy.SKIP;
  }

  /** Whether an answer may be added to what waits: a client that reads none gets no more. */
  boolean mayAnswer() {
    return outbox.waitingBytes() <= port().options().acknowledged().maxAnswersBytes();
  }

  @Override
  public long heldBytes() {
    return outbox.heldBytes();
  }

  /** Whether anything was said since this was last asked. */
  boolean hasSaid() {
    boolean was = said;
    said = false;
    return was;
  }

  @Override
  final void onInputShutdown() {
    if (!inputEnded) {
      inputEnded = true;
      if (goodBye == null) {
        onInputEnd();
      }
      if (goodBye == null) {
        closeIfDone();
      }
    }
  }

  @Override
  final void onBroken() {
    onOutputGone();
    onReset();
    closeIfDone();
  }

  /** Nothing more can be said; what it sent before it went may still be read, and counts. */
  private void onOutputGone() {
    if (closeReason == null) {
      closeReason = CloseReason.GONE;
    }
    if (subscriber != null) {
      subscriber.retire();
    }
    closeIfDone();
  }

  private void closeIfDone() {
    if (closeReason != null && (goodBye != null || !isReadOn())) {
      socket().close();
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    CloseReason reason = closeReason == null ? CloseReason.GONE : closeReason;
    outbox.release();
    leave();
    onClosed();
    port().guests(loop()).onLeft(this);
    port().connections().onClosed(wire(), Peer.addressOf(socket()), reason);
  }

  /** It hears nothing more; its account is closed. May be called twice. */
  final void leave() {
    if (subscriber != null) {
      Subscriber leaving = subscriber;
      subscriber = null;
      Account account = leaving.channel().leave(leaving);
      LOG.debug("{} left: {}", Peer.addressOf(socket()), account);
    }
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    return answer(outbox.take(segment, offset, length));
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    outbox.owe(segment, offset, length);
  }

  @Override
  public int committedBytes() {
    return outbox.committedBytes();
  }

  @Override
  public int give(ByteBuffer lines) {
    return write(Unpooled.wrappedBuffer(lines.slice()));
  }

  /** Sends bytes, and lets go of the direct buffer; returns how many were sent at once. */
  final int write(ByteBuf bytes) {
    try {
      if (goodBye != null || closeReason != null) {
        return GONE;
      }
      said = true;
      return answer(outbox.write(bytes));
    } finally {
      bytes.release();
    }
  }

  private int answer(int taken) {
    said |= taken > 0;
    if (taken == GONE) {
      onOutputGone();
    }
    return taken;
  }

  @Override
  public final void onSuperseded() {}

  @Override
  public final void finish(CloseReason reason) {
    end(farewell(reason), reason);
  }

  /** Says the last of all, and closes once the client has read it or reads nothing for too long. */
  final void end(ByteBuf lastWords, CloseReason reason) {
    write(lastWords);
    if (goodBye != null) {
      return;
    }
    if (closeReason != null) {
      socket().close(); // there is nobody to say it to
      return;
    }
    closeReason = reason;
    if (subscriber != null) {
      subscriber.retire();
    }
    goodBye = new GoodBye(socket(), loop(), () -> inputEnded, outbox, () -> false);
    goodBye.begin(outbox.isBlocked(), reason);
  }

  @Override
  public final void close(CloseReason reason) {
    if (closeReason == null) {
      closeReason = reason;
    }
    if (subscriber != null) {
      subscriber.retire();
    }
    if (goodBye == null) {
      onCutOff();
    }
    socket().close();
  }

  private void onRoom(boolean success) {
    if (!success) {
      onOutputGone();
    } else if (goodBye != null) {
      goodBye.onRead();
    } else {
      onRoom();
    }
  }

  /** The socket has taken what was waiting. */
  void onRoom() {
    if (subscriber != null) {
      subscriber.onRoom();
    }
  }

  @Override
  public void shutDown() {
    if (subscriber != null) {
      subscriber.channel().finish(subscriber, CloseReason.SHUTTING_DOWN);
    }
  }

  @Override
  public void cutOff() {
    close(CloseReason.SHUTTING_DOWN);
  }
}
