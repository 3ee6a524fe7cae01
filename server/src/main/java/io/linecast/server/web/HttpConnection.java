package io.linecast.server.web;

import io.linecast.core.CloseReason;
import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.linecast.server.access.Peer;
import io.linecast.server.tls.TlsEnds;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that speaks HTTP/1.1: one request after the other, each answered before the next is
 * looked at, all within bounds, until it closes, or a route takes the connection over. Owned by its
 * loop.
 */
public final class HttpConnection extends ChannelInboundHandlerAdapter implements WebClient {

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** Closing at once would answer further input with a reset, which may overtake the answer. */
  private static final long LINGER_MILLIS = 1_000;

  private enum State {
    READING,
    SERVING,
    ANSWERED,
    CLOSING,
    HANDED_OVER
  }

  private final DuplexChannel socket;
  private final WebSite site;
  private final ConnectionOwner owner;
  private final HttpCodec codec;
  private final RequestReader reader;
  private final Deadline deadline;

  private State state = State.READING;

  /** The request that is being served. */
  private @Nullable Exchange exchange;

  /** No further request is looked at. */
  private boolean last;

  private boolean inputEnded;
  private CloseReason closeReason = CloseReason.GONE;

  private HttpConnection(
      DuplexChannel socket, WebSite site, ConnectionOwner owner, LateWriter late) {
    this.socket = socket;
    this.site = site;
    this.owner = owner;
    this.codec = new HttpCodec(socket, late);
    this.reader = new RequestReader(site, socket);
    this.deadline = new Deadline(socket.eventLoop(), site.limits().time(), this::onTooSlow);
  }

  /** Has a new connection speak HTTP. */
  public static HttpConnection on(
      DuplexChannel socket, WebSite site, ConnectionOwner owner, LateWriter late) {
    HttpConnection connection = new HttpConnection(socket, site, owner, late);
    connection.codec.install(connection, connection::isServing);
    return connection;
  }

  DuplexChannel socket() {
    return socket;
  }

  WebSite site() {
    return site;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline.start();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (state == State.READING) {
      onDue(reader.read(message));
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  /** Whether what comes now waits until the request at hand is served. */
  private boolean isServing() {
    return (state == State.SERVING || state == State.ANSWERED) && !last;
  }

  private void onDue(RequestReader.Due due) {
    switch (due) {
      case NOTHING -> {}
      case GO_ON -> codec.sayGoOn();
      case SERVE -> serve(reader.take());
    }
  }

  private void serve(IncomingRequest request) {
    boolean bodyMayCome = request.isGivenUp() || request.asksWhetherToGoOn();
    last |= reader.isLast() || !request.isKeptAlive();
    last |= bodyMayCome && request.refusal().isPresent();
    Exchange begun = request.exchange(this);
    exchange = begun;
    state = State.SERVING;
    deadline.stop();
    socket.config().setAutoRead(false);
    try {
      request.refusal().ifPresentOrElse(begun::fail, () -> request.serve(begun));
    } catch (ProblemException e) {
      begun.fail(e.problem());
    } catch (RefusedException e) {
      begun.fail(Problem.of(e.code(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      onFault(e);
    }
  }

  /** The exchange's answer. */
  void answer(FullHttpResponse response) {
    if (state != State.SERVING) {
      response.release();
      return;
    }
    state = State.ANSWERED;
    deadline.start(); // for the client to read it
    codec.write(response, this::onAnswered);
  }

  /** Whether the connection ends behind the answer at hand. */
  boolean isLast() {
    return last || (inputEnded && !codec.hasMore());
  }

  private void onAnswered(boolean success) {
    exchange = null;
    if (state != State.ANSWERED) {
      return;
    }
    if (!success) {
      socket.close();
    } else if (isLast()) {
      closeSoftly(CloseReason.FINISHED);
    } else {
      state = State.READING;
      deadline.start();
      codec.readOnInWhatHasCome();
      if (state == State.READING) {
        goOnReading();
      }
    }
  }

  private void goOnReading() {
    if (inputEnded) {
      close(CloseReason.FINISHED);
    } else {
      codec.readOn();
    }
  }

  /** See {@link Exchange#handOver}. */
  void handOver(Runnable beginning, ChannelHandler... takers) {
    state = State.HANDED_OVER;
    exchange = null;
    deadline.stop();
    reader.release();
    owner.onHandedOver(this);
    codec.giveWay(this, beginning, takers);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    inputEnded |=
        event == ChannelInputShutdownEvent.INSTANCE
            || event == ChannelInputShutdownReadComplete.INSTANCE;
    if (!inputEnded) {
      return;
    }
    if (state == State.READING || state == State.CLOSING) {
      close(CloseReason.FINISHED);
    } else if (state == State.SERVING) {
      deadline.start(); // it may be gone
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      socket.close();
    } else {
      onFault(cause);
    }
  }

  private void onFault(Throwable cause) {
    LOG.error("{}: a fault", Peer.addressOf(socket), cause);
    closeReason = CloseReason.FAULT;
    if (state == State.SERVING && exchange != null) {
      last = true;
      exchange.fail(
          Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server's log says more"));
    } else {
      state = State.CLOSING; // what else has been read would only fail too
      socket.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.stop();
    reader.release();
    if (exchange != null) {
      exchange.gone();
    }
    owner.onClosed(this, Peer.addressOf(socket), closeReason);
  }

  private void onTooSlow() {
    String most = site.limits().time().toSeconds() + " s at most (--request-time)";
    boolean hasBegun = state != State.READING || reader.hasBegun() || codec.isMidway();
    if (hasBegun) { // else it only waits with its next one
      site.onTimeUp().accept(Peer.addressOf(socket));
    }
    if (state == State.READING && hasBegun) {
      last = true;
      serve(
          reader.giveUp(Problem.of(HttpResponseStatus.REQUEST_TIMEOUT, "a request takes " + most)));
    } else if (state == State.SERVING && exchange != null) {
      exchange.giveUp(
          Problem.of(Code.OVERLOAD, "whoever has ended its sending is waited with " + most));
    } else {
      close(CloseReason.IDLE);
    }
  }

  @Override
  public void shutDown() {
    last = true;
    if (state == State.READING && !reader.hasBegun()) {
      close(CloseReason.SHUTTING_DOWN);
    }
  }

  @Override
  public void cutOff() {
    if (state == State.SERVING && exchange != null) {
      exchange.giveUp(Problem.of(Code.SHUTTING_DOWN, "the server stops and waits no longer"));
    } else {
      close(CloseReason.SHUTTING_DOWN);
    }
  }

  @Override
  public void close(CloseReason reason) {
    closeReason = reason;
    socket.close();
  }

  @Override
  public long heldBytes() {
    long answering = exchange == null ? 0 : exchange.heldBytes();
    return reader.heldBytes() + answering + codec.heldBytes();
  }

  /** Closes once the client has, or a moment has passed; what it still sends is thrown away. */
  private void closeSoftly(CloseReason reason) {
    if (inputEnded) {
      close(reason);
      return;
    }
    state = State.CLOSING;
    closeReason = reason;
    reader.release();
    TlsEnds.endOutput(socket);
    codec.readOn();
    socket.eventLoop().schedule(() -> socket.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public String toString() {
    return String.valueOf(Peer.addressOf(socket));
  }
}
