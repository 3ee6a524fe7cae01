package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.core.Publisher;
import io.linecast.core.Segment;
import io.linecast.protocol.Code;
import io.linecast.protocol.GapReason;
import io.linecast.server.access.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks LINECAST/1: its socket, how it is written to, and how it ends; what it says
 * is its {@link AckSession}'s concern. Owned by its loop.
 *
 * <p>Open → saying good-bye ({@code BYE} or {@code no} is its last line) → closed.
 */
final class AckConnection extends ClientHandler implements Publisher.Holder {

  private final LineListener listener;
  private final ServerLoop loop;
  private final LineInput input;
  private final Framing framing;
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
      DuplexChannel socket,
      LineInput input,
      boolean blocked,
      Framing framing) {
    super(socket);
    this.listener = listener;
    this.loop = loop;
    this.input = input;
    this.framing = framing;
    this.outbox = new Outbox(socket, loop, blocked, this::onRoom, this::bytesOf);
    this.heartbeat = new Heartbeat(this, input, outbox);
  }

  /** Its hello was accepted. Returns what the client's further lines are for. */
  LineConsumer accept(Admission admission) {
    AckSession accepted = new AckSession(admission, listener, loop, this);
    session = accepted;
    loop.acknowledged().add(this);
    accepted.begin(admission);
    accepted.endIfRevoked();
    return accepted;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heartbeat.onHeard();
    input.onBytes((ByteBuf) message);
  }

  @Override
  Wire wire() {
    return framing.wire();
  }

  @Override
  void onInputShutdown() {
    input.onEnd();
  }

  @Override
  void onBroken() {
    onOutputGone();
    input.onReset();
    closeIfDone();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    CloseReason reason = closeReason == null ? CloseReason.GONE : closeReason;
    input.ignore();
    outbox.release();
    loop.acknowledged().remove(this);
    inSession(its -> its.leave(reason));
    listener.connections().onClosed(wire(), Peer.addressOf(socket()), reason);
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
    outbox.owe(segment, offset, length);
  }

  @Override
  public int committedBytes() {
    return outbox.committedBytes();
  }

  @Override
  public int give(ByteBuffer lines) {
    return send(Unpooled.wrappedBuffer(lines.slice()));
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    outbox.gap(new Gap(first, last, reason)).ifPresent(this::send);
    if (reason.isLoss()) {
      listener.logSkipped(Peer.addressOf(socket()), first, last);
    }
  }

  @Override
  public long doneLine() {
    return session == null ? Long.MAX_VALUE : session.doneLine();
  }

  @Override
  public void finish(CloseReason reason) {
    inSession(its -> its.onAllHeard(reason));
  }

  @Override
  public void close(CloseReason reason) {
    if (reason == CloseReason.JOURNAL) {
      bye(Code.JOURNAL, "what is still to be heard cannot be read", reason);
      return;
    }
    if (reason == CloseReason.SHUTTING_DOWN) {
      bye(Code.SHUTTING_DOWN, "the server waits no longer", reason);
    }
    closeReason = closeReason == null ? reason : closeReason;
    stop();
    socket().close();
  }

  void say(String line) {
    send(bytesOf(line));
  }

  private ByteBuf bytesOf(Object line) {
    return framing.frame(line, socket().alloc());
  }

  /** Says whole lines, and lets go of the direct buffer. */
  void write(ByteBuf lines) {
    send(framing.frame(lines));
  }

  /** Sends bytes as they are, and lets go of the direct buffer; returns how many went at once. */
  int send(ByteBuf bytes) {
    try {
      if (goodBye != null) {
        return 0; // its last line has been said
      }
      int taken = isGone() ? GONE : outbox.write(bytes);
      if (taken == GONE) {
        onOutputGone();
      }
      return taken;
    } finally {
      bytes.release();
    }
  }

  @Override
  public void onSuperseded() {
    loop.execute(() -> inSession(AckSession::onSuperseded));
  }

  LineInput input() {
    return input;
  }

  Framing framing() {
    return framing;
  }

  /** The server's last line; little the client sends counts any more, and it is closed. */
  void bye(Code code, String text, CloseReason reason) {
    end("BYE " + code.word() + " " + text, reason);
  }

  /** As above, in other words. */
  void end(String lastLine, CloseReason reason) {
    if (goodBye == null) {
      closeReason = closeReason == null ? reason : closeReason;
      stop();
      say(lastLine);
      send(framing.end(reason));
      inSession(AckSession::end);
      BooleanSupplier awaited = () -> session != null && session.isAwaited();
      goodBye = new GoodBye(socket(), loop, input::hasEnded, outbox, awaited);
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
    inSession(AckSession::retire);
  }

  /** Does something if its hello was accepted. */
  void inSession(Consumer<AckSession> action) {
    if (session != null) {
      action.accept(session);
    }
  }

  @Override
  public long heldBytes() {
    long answers = session == null ? 0 : session.answersBytes();
    return input.heldBytes() + outbox.heldBytes() + answers;
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
    } else {
      inSession(AckSession::onRoom);
    }
  }

  /** Nothing more can be said; what it sent before it went may still be read, and counts. */
  private void onOutputGone() {
    if (closeReason == null) {
      closeReason = CloseReason.GONE;
      loop.execute(this::letGo);
    }
    inSession(AckSession::retire);
    closeIfDone();
  }

  /** What it leaves unread, and what it waits for, holds nothing up any more. */
  private void letGo() {
    input.resumeForGood();
    inSession(AckSession::goOnToTheEnd);
  }

  boolean isGone() {
    return closeReason == CloseReason.GONE;
  }

  private void closeIfDone() {
    if (input.isDone() || goodBye != null) {
      socket().close();
    }
  }
}
