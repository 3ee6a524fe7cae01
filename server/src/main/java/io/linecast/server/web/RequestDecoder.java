package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Reads requests, and knows whether one has begun. Owned by the connection's loop. */
final class RequestDecoder extends HttpRequestDecoder {

  private boolean midway;

  RequestDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** Whether something has come of a request that has not come whole. */
  boolean isMidway() {
    return midway;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> found)
      throws Exception {
    midway |= bytes.isReadable();
    super.decode(ctx, bytes, found);
    if (!found.isEmpty() && found.getLast() instanceof LastHttpContent) {
      midway = false;
    }
  }
}
