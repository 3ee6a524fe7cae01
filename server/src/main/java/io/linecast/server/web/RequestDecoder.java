package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads requests, one after the other: what has come behind one that is being served stays bytes
 * until then, as thousands of requests go into one read, and each takes far more room than its
 * bytes. Knows whether a request has begun. Owned by the connection's loop.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private BooleanSupplier waits = () -> false;
  private boolean midway;

  RequestDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** Reads nothing while that is so; {@link #readOn} is called when it is no more. */
  void waitWhile(BooleanSupplier serving) {
    waits = serving;
  }

  /** Whether something has come of a request that has not come whole. */
  boolean isMidway() {
    return midway;
  }

  /** What has come and is not read yet. */
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }

  /** The room that this takes, in bytes. */
  int heldBytes() {
    return internalBuffer().capacity();
  }

  /** Reads on in what has come. Not from within a read. */
  void readOn(ChannelHandlerContext ctx) {
    try {
      if (hasMore()) {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
      }
    } catch (Exception e) { // as Netty does with what comes by itself
      ctx.fireExceptionCaught(e);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> found)
      throws Exception {
    if (waits.getAsBoolean()) {
      return;
    }
    midway |= bytes.isReadable();
    super.decode(ctx, bytes, found);
    if (!found.isEmpty() && found.getLast() instanceof LastHttpContent) {
      midway = false;
    }
  }

  /** Netty would read on where a read has brought no request. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (waits.getAsBoolean()) {
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  /** Netty would throw away at the end of the input what has not been read. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent && waits.getAsBoolean()) {
      ctx.fireUserEventTriggered(event);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }
}
