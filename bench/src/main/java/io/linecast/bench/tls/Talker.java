package io.linecast.bench.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;

/** Says lines as fast as the server takes them. */
final class Talker extends ChannelInboundHandlerAdapter {

  private static final int BLOCK_BYTES = 64 * 1024;

  private final Lines lines;
  private final int lineBytes;
  private long next;

  /** Volatile: told by who measures. */
  private volatile boolean stopped;

  Talker(int lineBytes) {
    this.lines = new Lines(lineBytes);
    this.lineBytes = lineBytes;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == this) {
      talk(ctx);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (next > 0) {
      talk(ctx);
    }
  }

  private void talk(ChannelHandlerContext ctx) {
    while (ctx.channel().isWritable() && !stopped) {
      ByteBuf block = ctx.alloc().directBuffer(BLOCK_BYTES);
      ByteBuffer room = block.nioBuffer(0, BLOCK_BYTES);
      lines.fill(room, next);
      block.writerIndex(room.position());
      next += room.position() / lineBytes;
      ctx.writeAndFlush(block);
    }
  }
}
