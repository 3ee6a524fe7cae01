package io.linecast.server;

import io.linecast.core.Account;
import io.linecast.core.CloseReason;
import io.linecast.core.LineChannel;
import io.linecast.core.Segment;
import io.linecast.core.Subscriber;
import io.linecast.core.Sweep;
import io.linecast.protocol.GapReason;
import io.linecast.server.access.Peer;
import io.linecast.server.access.PlainRights;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks plain lines: what it sends goes to its {@link LineInput}, what others send
 * is swept to its socket. Owned by its loop; no other thread touches it.
 */
final class PlainConnection extends ClientHandler {

  private final LineListener listener;
  private final ServerLoop loop;
  private final Object target;

  private PlainRights rights = PlainRights.NONE;

  /** From the moment the connection is active until it becomes one of another kind. */
  private @Nullable Subscriber subscriber;

  /** From the first time it is needed: most clients only listen. */
  private @Nullable LineInput input;

  private @Nullable CloseReason closeReason;
  private long lastTrafficNanos;

  PlainConnection(LineListener listener, ServerLoop loop, DuplexChannel socket) {
    super(socket);
    this.listener = listener;
    this.loop = loop;
    this.target = loop.writer().targetOf(socket);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    touch();
    LineChannel channel = listener.channel();
    Sweep sweep = channel.sweeps().get(loop.index());
    rights = listener.plainRights(socket());
    subscriber =
        rights.mayListen()
            ? channel.join(sweep, this, listener.options().historyLines())
            : channel.joinDeaf(sweep, this);
    if (rights == PlainRights.NONE) {
      awaitHello();
    }
  }

  private void awaitHello() {
    if (listener.options().acknowledged().plainOnly()) {
      turnAway(); // it may do nothing as it is
    } else {
      loop.hellos().begin(this);
    }
  }

  private void turnAway() {
    if (closeReason == null) {
      listener.onNotPermitted(Peer.addressOf(socket()), 1);
      close(CloseReason.AUTH);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    touch();
    if (input == null) {
      listener.onFirstBytes((ByteBuf) message, socket());
    }
    LineInput reading = input();
    reading.onBytes((ByteBuf) message);
    if (reading.isWithinHello()) {
      loop.hellos().begin(this);
    }
  }

  @Override
  Wire wire() {
    return Wire.PLAIN;
  }

  @Override
  void onInputShutdown() {
    input().onEnd();
    closeIfDone();
  }

  @Override
  void onBroken() {
    if (subscriber == null) {
      close(CloseReason.GONE);
    } else {
      onOutputGone();
      input().onReset();
      closeIfDone();
    }
  }

  private void closeIfDone() {
    if (subscriber != null && input().isDone() && subscriber.isRetired()) {
      socket().close();
    }
  }

  /** The client's first line is no hello: it is a plain one for good. */
  LineConsumer speakPlain() {
    if (rights == PlainRights.NONE) {
      turnAway();
    }
    return plainLines(input());
  }

  LineConsumer plainLines(LineInput from) {
    return PlainLines.of(rights, listener, loop, from, Objects.requireNonNull(subscriber));
  }

  /** The first line is a hello: the client goes on as another kind of connection, or is refused. */
  Optional<LineConsumer> onHello(String line, boolean whole) {
    Subscriber plain = Objects.requireNonNull(subscriber);
    AckConnection next =
        new AckConnection(listener, loop, socket(), input(), plain.isOwed(), Framing.LINES);
    subscriber = null;
    loop.hellos().end(this);
    plain.channel().leave(plain);
    socket().pipeline().replace(this, null, next);
    listener.connections().onChanged(Wire.PLAIN, next.wire());
    return new Entrance(listener, loop, next, hello -> listener.visitor(socket(), hello))
        .answer(line, whole);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.hellos().end(this);
    CloseReason reason = closeReason == null ? CloseReason.GONE : closeReason;
    if (subscriber != null) {
      if (input != null) {
        input.ignore();
      }
      Account account = listener.channel().leave(subscriber);
      listener.logLeft(Peer.addressOf(socket()), reason, account);
    }
    listener.connections().onClosed(Wire.PLAIN, Peer.addressOf(socket()), reason);
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    return onTaken(loop.writer().write(target, segment, offset, length));
  }

  @Override
  public int takeAround(Segment segment, int offset, int length, int leftOut, int more) {
    return onTaken(loop.writer().write(target, segment, offset, length, leftOut, more));
  }

  private int onTaken(int taken) {
    if (taken == GONE) {
      onOutputGone();
    } else if (taken > 0) {
      touch();
    }
    return taken;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    int held = loop.writer().takeCommittedBytes(target);
    ByteBuf rest = direct(segment.bytes().slice(offset + held, length - held));
    loop.growth().add(length - held);
    if (!loop.writer().canWaitForRoom(inputHasEnded())) {
      new RoomPoll(socket(), loop, rest, this::onOwedSent).start();
      return;
    }
    ChannelFuture sent = socket().writeAndFlush(rest);
    if (sent.isDone()) {
      loop.execute(() -> onOwedSent(sent.isSuccess()));
    } else {
      sent.addListener(future -> onOwedSent(future.isSuccess()));
    }
  }

  @Override
  public int committedBytes() {
    return loop.writer().committedBytes(target);
  }

  private void onOwedSent(boolean success) {
    // Looked up and not kept: there are thousands who will never have become one.
    AckConnection successor = socket().pipeline().get(AckConnection.class);
    if (successor != null) {
      successor.outbox().onSent(success);
    } else if (!success) {
      onOutputGone();
    } else if (subscriber != null) {
      touch();
      subscriber.onRoom();
    }
  }

  /**
   * Nothing more can be sent. What the client sent before it went may still have to be read: it
   * counts, and the end of it closes the connection.
   */
  private void onOutputGone() {
    if (closeReason == null) {
      closeReason = CloseReason.GONE;
    }
    if (subscriber != null) {
      subscriber.retire();
    }
    if (input != null && !input.isReadOn()) {
      socket().close();
    }
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    listener.logSkipped(Peer.addressOf(socket()), first, last);
  }

  @Override
  public void finish(CloseReason reason) {
    closeReason = reason;
    if (inputHasEnded()) {
      socket().close();
    } else {
      input().ignore();
      socket().config().setAutoRead(true);
      new LingeringClose(socket(), loop, () -> false).start();
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (closeReason == null) {
      closeReason = reason;
    }
    if (subscriber != null) {
      subscriber.retire();
      input().ignore();
    }
    socket().close();
  }

  /** Its first line has begun as a hello, or it may say nothing else, and that has not come. */
  void onHelloLate() {
    listener.connections().limited().reached(Limit.HELLO_TIME, Peer.addressOf(socket()));
    if (rights == PlainRights.NONE && !input().isWithinHello()) {
      turnAway();
    } else {
      close(CloseReason.PROTOCOL);
    }
  }

  @Override
  public long heldBytes() {
    return Backlog.bytesOf(socket()) + (input == null ? 0 : input.heldBytes());
  }

  /** Closes if there was no traffic for the idle timeout. */
  void closeIfIdle(long nowNanos) {
    boolean waits = input != null && input.isKeptWaiting();
    if (waits || listener.channel().holdsSenders()) {
      touch(); // nobody is idle whom the server keeps waiting
    } else if (nowNanos - lastTrafficNanos >= listener.options().idleTimeout().toNanos()) {
      close(CloseReason.IDLE);
    }
  }

  private void touch() {
    if (!listener.options().idleTimeout().isZero()) {
      lastTrafficNanos = System.nanoTime();
    }
  }

  private boolean inputHasEnded() {
    return input != null && input.hasEnded();
  }

  private LineInput input() {
    if (input == null) {
      Subscriber active = Objects.requireNonNull(subscriber, "not active yet");
      input = FirstLine.inputOf(this, listener, loop, active.sweep());
    }
    return input;
  }
}
