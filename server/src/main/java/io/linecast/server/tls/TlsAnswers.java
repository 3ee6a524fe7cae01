package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What TLS itself answers, as to a change of keys. A client that asks and asks, and does not read
 * the answers, is closed. Owned by the connection's loop.
 */
final class TlsAnswers {

  private static final int MOST_UNSENT = 32;

  private int unsent;

  /**
   * Says what a session has to say.
   *
   * @return what becomes of that; empty if it was nothing, or was one too many
   */
  Optional<ChannelFuture> say(ChannelHandlerContext ctx, TlsSession session) {
    if (!session.hasAnswers()) {
      return Optional.empty();
    }
    ByteBuf sealed = seal(ctx, session);
    if (!sealed.isReadable()) {
      sealed.release();
      return Optional.empty();
    }
    if (unsent == MOST_UNSENT) {
      sealed.release();
      ctx.channel().close();
      return Optional.empty();
    }
    unsent++;
    return Optional.of(ctx.writeAndFlush(sealed).addListener(_ -> unsent--));
  }

  private static ByteBuf seal(ChannelHandlerContext ctx, TlsSession session) {
    ByteBuf sealed = ctx.alloc().directBuffer(TlsSession.roomFor(0));
    try {
      session.takeAnswers(sealed);
    } catch (SSLException nothingCanBeSaid) {
      sealed.clear();
    }
    return TlsSession.trimmed(sealed);
  }
}
