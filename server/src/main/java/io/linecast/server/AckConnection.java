package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Publisher;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.protocol.Code;
import io.linecast.protocol.GapReason;
import io.linecast.protocol.HelloException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that speaks LINECAST/1: its socket, how it is written to, and how it ends; what it says
 * is its {@link AckSession}'s concern. Owned by its loop.
 *
 * <p>Open → saying good-bye ({@code BYE} or {@code no} is its last line) → closed.
 */
final class AckConnection extends ChannelInboundHandlerAdapter implements Sink, Publisher.Holder {

  private static final Logger LOG = LoggerFactory.getLogger(AckConnection.class);

  private final LineListener listener;
  private final ServerLoop loop;
  private final SocketChannel socket;
  private final LineInput input;
  private final Outbox outbox;
  private final Heartbeat heartbeat;

  /** From the moment its hello was accepted. */
  private @Nullable AckSession session;

  private @Nullable CloseReason closeReason;
  private @Nullable GoodBye goodBye;

  /**
   * A connection whose hello has not been answered.
   *
   * @param blocked the socket is still owed the end of a plain line; {@link Outbox#onSent} will
   *     follow
   */
  AckConnection(
      LineListener listener,
      ServerLoop loop,
      SocketChannel socket,
      LineInput input,
      boolean blocked) {
    this.listener = listener;
    this.loop = loop;
    this.socket = socket;
    this.input = input;
    this.outbox = new Outbox(socket, loop, blocked, input::hasEnded, this::onRoom);
    this.heartbeat = new Heartbeat(this, input, outbox);
  }

  /** Answers the hello; says what the client's further lines are for, unless it is refused. */
  Optional<LineConsumer> answer(String hello, boolean whole) {
    try {
      Admission admission = Admission.of(hello, whole, listener, loop, this);
      AckSession accepted = new AckSession(admission, listener, loop, this);
      session = accepted;
      loop.acknowledged().add(this);
      accepted.begin(admission);
      return Optional.of(accepted);
    } catch (HelloException refusal) {
      end(refusal.answer(), CloseReason.PROTOCOL);
      return Optional.empty();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heartbeat.onHeard();
    input.onBytes((ByteBuf) message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE
        || event == ChannelInputShutdownReadComplete.INSTANCE) {
      input.onEnd();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      onOutputGone();
      input.onReset();
      closeIfDone();
    } else {
      LOG.error("{} is closed because of a fault", socket.remoteAddress(), cause);
      close(CloseReason.FAULT);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    CloseReason reason = closeReason == null ? CloseReason.GONE : closeReason;
    input.ignore();
    outbox.release();
    loop.acknowledged().remove(this);
    if (session != null) {
      session.leave(reason);
    }
    listener.connections().onClosed(reason);
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    int taken = outbox.take(segment, offset, length);
    if (taken == GONE) {
      onOutputGone();
    }
    return taken;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    outbox.queue(Unpooled.wrappedBuffer(segment.bytes().slice(offset, length)));
  }

  @Override
  public int give(ByteBuffer lines) {
    return write(Unpooled.wrappedBuffer(lines.slice()));
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    outbox.gap(first, last, reason).ifPresent(gap -> say(gap.toString()));
    listener.logSkipped(socket.remoteAddress(), first, last);
  }

  @Override
  public long doneLine() {
    return session == null ? Long.MAX_VALUE : session.doneLine();
  }

  /** Everything that it was to hear has been written. */
  @Override
  public void finish(CloseReason reason) {
    if (session != null) {
      session.onAllHeard(reason);
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (reason == CloseReason.SHUTTING_DOWN) {
      bye(Code.SHUTTING_DOWN, "the server waits no longer", reason);
    }
    if (closeReason == null) {
      closeReason = reason;
    }
    input.ignore();
    retire();
    socket.close();
  }

  /** Says a line of the server's own. */
  void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    write(socket.alloc().directBuffer(bytes.length).writeBytes(bytes));
  }

  /** Says whole lines, and lets go of the direct buffer; returns the bytes sent at once. */
  int write(ByteBuf lines) {
    try {
      if (goodBye != null) {
        return 0; // its last line has been said
      }
      int taken = isGone() ? GONE : outbox.write(lines);
      if (taken == GONE) {
        onOutputGone();
      }
      return taken;
    } finally {
      lines.release();
    }
  }

  @Override
  public void onSuperseded() {
    loop.execute(() -> Optional.ofNullable(session).ifPresent(AckSession::onSuperseded));
  }

  LineInput input() {
    return input;
  }

  /** The server's last line; little the client sends counts any more, and it is closed. */
  void bye(Code code, String text, CloseReason reason) {
    end("BYE " + code.word() + " " + text, reason);
  }

  private void end(String lastLine, CloseReason reason) {
    if (goodBye == null) {
      if (closeReason == null) {
        closeReason = reason;
      }
      stop();
      say(lastLine);
      if (session != null) {
        session.end();
      }
      BooleanSupplier awaited = () -> session != null && session.isAwaited();
      goodBye = new GoodBye(socket, loop, input, outbox, awaited);
      goodBye.begin(outbox.isBlocked() && !isGone(), reason);
    }
  }

  /** Nothing more is read, unless others may wait for it, and nothing of the feed is written. */
  private void stop() {
    if (closeReason == CloseReason.SHUTTING_DOWN && session != null && session.isLeavingUndone()) {
      input.speak(new LastWords(session::onLastWord));
      loop.execute(input::resumeForGood);
    } else {
      input.ignore();
    }
    retire();
  }

  private void retire() {
    if (session != null) {
      session.retire();
    }
  }

  /** The server stops. */
  void shutDown() {
    if (session != null) {
      session.shutDown();
    }
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  Outbox outbox() {
    return outbox;
  }

  private void onRoom(boolean success) {
    if (!success) {
      onOutputGone();
    } else if (goodBye != null) {
      goodBye.onRead();
    } else if (session != null) {
      session.onRoom();
    }
  }

  /** Nothing more can be said; what it sent before it went may still be read, and counts. */
  private void onOutputGone() {
    if (closeReason == null) {
      closeReason = CloseReason.GONE;
      loop.execute(this::letGo);
    }
    retire();
    closeIfDone();
  }

  /** What it leaves unread, and what it waits for, holds nothing up any more. */
  private void letGo() {
    input.resumeForGood();
    if (session != null) {
      session.onGone();
    }
  }

  /** Whether nothing can be said to it any more. */
  boolean isGone() {
    return closeReason == CloseReason.GONE;
  }

  private void closeIfDone() {
    if (input.isDone() || goodBye != null) {
      socket.close();
    }
  }
}
