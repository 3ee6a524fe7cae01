package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one connection, as the server: what stands behind it in the pipeline sees what the client
 * said, its end of input ({@code close_notify}) as that of a socket, and an end without it as a
 * broken connection: somebody may have cut off the rest. Owned by the connection's loop.
 *
 * <p>Shaking hands → secure → closed; or failed: whatever comes is thrown away until it is closed.
 */
public final class TlsHandler extends ChannelDuplexHandler implements TlsEnds {

  /** Who is told how a handshake ends, once. */
  public interface Listener {

    /**
     * It is done. What has come behind it is handed on after this.
     *
     * @param client the name in the certificate that the client has shown; empty if none
     * @param resumed whether it has been here before
     */
    void onSecure(Optional<String> client, boolean resumed);

    /** It has failed, and the client has been told what TLS says to that. */
    void onFailure(SSLException reason);

    /** The client has gone before it was done. */
    void onGone();

    /** What the client has sent is no TLS. */
    void onPlainBytes();
  }

  private enum State {
    SHAKING_HANDS,
    SECURE,
    FAILED,
    CLOSED
  }

  private static final int FIRST_OUTPUT_BYTES = 4 * 1024;

  private final Handshake handshake;
  private final Listener listener;
  private final TlsAnswers answers = new TlsAnswers();
  private State state = State.SHAKING_HANDS;

  /** From the moment that this is in a pipeline. */
  private @Nullable ChannelHandlerContext context;

  private @Nullable TlsSession session;
  private boolean inputEnded;
  private boolean outputEnded;

  /** How many writes Netty has not done yet. */
  private int underWay;

  /** Waits for the client's first words. */
  public TlsHandler(SSLEngine engine, Listener listener) throws SSLException {
    this.handshake = new Handshake(engine);
    this.listener = listener;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    state = State.CLOSED;
    handshake.takeRest().release();
    if (session == null) {
      ReferenceCountUtil.release(handshake.engine());
    } else {
      session.release();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    switch (state) {
      case SHAKING_HANDS -> shakeHands(ctx, bytes);
      case SECURE -> open(ctx, bytes);
      default -> bytes.release();
    }
  }

  private void shakeHands(ChannelHandlerContext ctx, ByteBuf bytes) {
    handshake.add(bytes);
    ByteBuf out = ctx.alloc().directBuffer(FIRST_OUTPUT_BYTES);
    try {
      boolean done = handshake.advance(out);
      send(ctx, out);
      if (done) {
        secure(ctx);
      }
    } catch (SSLException e) {
      fail(ctx, out, e);
    }
  }

  private void secure(ChannelHandlerContext ctx) {
    SSLEngine engine = handshake.engine();
    Optional<String> client = TlsSession.clientOf(engine);
    TlsSession begunSession = TlsSession.of(engine);
    session = begunSession;
    state = State.SECURE;
    ByteBuf rest = handshake.takeRest();
    listener.onSecure(client, begunSession.isResumed());
    open(ctx, rest);
  }

  private void fail(ChannelHandlerContext ctx, ByteBuf out, SSLException reason) {
    state = State.FAILED;
    if (reason instanceof Handshake.NotTlsException) {
      out.release();
      listener.onPlainBytes();
      return;
    }
    handshake.putAlert(out);
    send(ctx, out);
    listener.onFailure(reason);
  }

  private static void send(ChannelHandlerContext ctx, ByteBuf out) {
    if (out.isReadable()) {
      ctx.writeAndFlush(out);
    } else {
      out.release();
    }
  }

  private void open(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (inputEnded || state != State.SECURE || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    TlsSession secured = session();
    ByteBuf direct = TlsSession.direct(bytes, ctx.alloc());
    ByteBuf opened = ctx.alloc().directBuffer(direct.readableBytes());
    SSLException failure = null;
    try {
      secured.open(direct, opened);
    } catch (SSLException e) {
      failure = e;
    } finally {
      direct.release();
    }
    answers.say(ctx, secured).ifPresent(this::follow);
    if (opened.isReadable()) {
      ctx.fireChannelRead(opened);
    } else {
      opened.release();
    }
    if (state == State.SECURE && failure != null) {
      inputEnded = true;
      ctx.fireExceptionCaught(failure);
    } else if (state == State.SECURE && secured.isInputEnded()) {
      inputEnded = true;
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean isEnd =
        event == ChannelInputShutdownEvent.INSTANCE
            || event == ChannelInputShutdownReadComplete.INSTANCE;
    if (!isEnd) {
      ctx.fireUserEventTriggered(event);
    } else if (state == State.SHAKING_HANDS) {
      state = State.FAILED;
      listener.onGone();
    } else if (state == State.SECURE && !inputEnded) {
      inputEnded = true;
      ctx.fireExceptionCaught(new SSLException("ended without close_notify"));
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) message;
    if (state != State.SECURE || outputEnded) {
      bytes.release();
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (!bytes.isReadable()) {
      ctx.write(bytes, promise);
      return;
    }
    ByteBuf direct = TlsSession.direct(bytes, ctx.alloc());
    ByteBuf out = ctx.alloc().directBuffer(TlsSession.roomFor(direct.readableBytes()));
    try {
      session().seal(direct, direct.readableBytes(), out);
    } catch (SSLException e) {
      out.release();
      promise.tryFailure(e);
      return;
    } finally {
      direct.release();
    }
    follow(ctx.write(TlsSession.trimmed(out), promise.unvoid()));
  }

  private void follow(ChannelFuture write) {
    underWay++;
    write.addListener(_ -> underWay--);
  }

  /** Has Netty send what was sealed, as soon as there is room. */
  public void sendSealed(ByteBuf sealed) {
    follow(context().writeAndFlush(sealed));
  }

  /** Whether Netty still has something to send: nothing may be sent past it. */
  public boolean isSending() {
    return underWay > 0;
  }

  /** What seals for it. Once it is secure. */
  public TlsSession session() {
    return Objects.requireNonNull(session, "no handshake yet");
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    endOutput();
    ctx.close(promise);
  }

  @Override
  public boolean isInputEnded() {
    return inputEnded;
  }

  @Override
  public ChannelFuture endOutput() {
    ChannelHandlerContext ctx = context();
    if (state != State.SECURE || outputEnded || !ctx.channel().isActive()) {
      return ctx.newSucceededFuture();
    }
    outputEnded = true;
    ByteBuf out = ctx.alloc().directBuffer(TlsSession.roomFor(0));
    try {
      session().end(out);
    } catch (SSLException e) {
      out.release();
      return ctx.newFailedFuture(e);
    }
    return ctx.writeAndFlush(TlsSession.trimmed(out));
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "in no pipeline");
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    State before = state;
    state = State.CLOSED;
    if (before == State.SHAKING_HANDS) {
      listener.onGone();
    }
    ctx.fireChannelInactive();
  }
}
