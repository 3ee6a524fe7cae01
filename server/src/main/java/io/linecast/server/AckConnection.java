package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.core.Segment;
import io.linecast.core.Sink;
import io.linecast.core.Subscriber;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that speaks LINECAST/1: its socket, how it is written to, and how it ends. What it says
 * is its {@link AckSession}'s concern. Owned by its loop; no other thread touches it.
 *
 * <p>Open → saying good-bye ({@code BYE} or {@code no} is the last of the outbox) → closing.
 */
final class AckConnection extends ChannelInboundHandlerAdapter implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(AckConnection.class);

  /** How long a client may take to read what comes before the good-bye. */
  private static final long GOOD_BYE_SECONDS = 5;

  private final LineListener listener;
  private final ServerLoop loop;
  private final SocketChannel socket;
  private final LineInput input;
  private final Object target;
  private final Outbox outbox;
  private final Heartbeat heartbeat;

  /** From the moment its hello was accepted. */
  private @Nullable AckSession session;

  /** What it hears; null if it does not listen. */
  private @Nullable Subscriber subscriber;

  private @Nullable CloseReason closeReason;
  private boolean sayingGoodBye;

  /**
   * A connection whose hello has not been answered.
   *
   * @param blocked the socket is still owed the end of a plain line; {@link #onOwedSent} will
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
    this.target = loop.writer().targetOf(socket);
    this.outbox = new Outbox(socket, loop, blocked, input::hasEnded, this::onRoom);
    this.heartbeat = new Heartbeat(this, input);
  }

  /** Answers the hello; says what the client's further lines are for, unless it is refused. */
  Optional<LineConsumer> answer(String hello) {
    try {
      AckSession accepted = AckSession.open(hello, listener, loop, this);
      session = accepted;
      subscriber = accepted.subscriber();
      input.enter(accepted.sweep(), accepted.maxRequestBytes());
      loop.acknowledged().add(this);
      say(accepted.answer().format());
      accepted.gap().ifPresent(this::say);
      return Optional.of(accepted);
    } catch (HelloException refusal) {
      LOG.debug("{}: {}", socket.remoteAddress(), refusal.answer());
      goodBye(refusal.answer(), CloseReason.PROTOCOL);
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
      session.end();
    }
    if (subscriber != null) {
      Object account = subscriber.channel().leave(subscriber);
      LOG.debug("{} left: {}; {}", socket.remoteAddress(), reason.text(), account);
    }
    listener.connections().onClosed(reason);
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    if (outbox.isBlocked()) {
      return 0;
    }
    int taken = loop.writer().write(target, segment, offset, length);
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
    say(new Gap(first, last, reason));
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
    stop();
    socket.close();
  }

  /** Says a line of the server's own. */
  void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    write(socket.alloc().directBuffer(bytes.length).writeBytes(bytes));
  }

  private void say(Gap gap) {
    say("GAP " + gap.first() + " " + gap.last() + " " + gap.reason().word());
  }

  /** Says whole lines, and lets go of the buffer, which is direct; bytes that were sent at once. */
  int write(ByteBuf lines) {
    try {
      int taken = closeReason == CloseReason.GONE ? GONE : outbox.write(lines);
      if (taken == GONE) {
        onOutputGone();
      }
      return taken;
    } finally {
      lines.release();
    }
  }

  /** How much of what it was told it has left unread, beyond what its socket holds. */
  int unreadBytes() {
    return outbox.waitingBytes();
  }

  LineInput input() {
    return input;
  }

  /**
   * The server's last line; nothing it sends counts from now on, and it is closed once it has it.
   */
  void bye(Code code, String text, CloseReason reason) {
    goodBye("BYE " + code.word() + " " + text, reason);
  }

  private void goodBye(String line, CloseReason reason) {
    if (sayingGoodBye) {
      return;
    }
    sayingGoodBye = true;
    if (closeReason == null) {
      closeReason = reason;
    }
    stop();
    say(line);
    if (outbox.isBlocked()) {
      loop.eventLoop().schedule(() -> socket.close(), GOOD_BYE_SECONDS, TimeUnit.SECONDS);
    } else {
      closeInOrder();
    }
  }

  /** Nothing more is read, and nothing of the feed is written. */
  private void stop() {
    input.ignore();
    if (subscriber != null) {
      subscriber.retire();
    }
  }

  /** The server stops: says what is outstanding, then good-bye. */
  void shutDown() {
    if (session != null) {
      session.shutDown();
    }
  }

  void tick() {
    heartbeat.tick();
  }

  /** The plain line that the socket was owed has been sent. */
  void onOwedSent(boolean success) {
    outbox.onSent(success);
  }

  private void onRoom(boolean success) {
    if (!success) {
      onOutputGone();
    } else if (sayingGoodBye) {
      closeInOrder();
    } else if (session != null) {
      if (subscriber != null) {
        subscriber.onRoom();
      }
      session.onRoom();
    }
  }

  private void closeInOrder() {
    if (input.hasEnded()) {
      socket.close();
    } else {
      socket.config().setAutoRead(true);
      new LingeringClose(socket, loop).start();
    }
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
    if (input.isDone()) {
      socket.close();
    }
  }
}
