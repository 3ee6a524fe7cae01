package io.linecast.bench.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Says lines as fast as the server takes them. */
final class Talker extends ChannelInboundHandlerAdapter {

  private static final int BLOCK_BYTES = 64 * 1024;

  private final Lines lines;
  private boolean talks;

  /** Volatile: told by who measures. */
  private volatile boolean stopped;

  Talker(int lineBytes) {
    this.lines = new Lines(lineBytes);
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == this) {
      talks = true;
      talk(ctx);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (talks) {
      talk(ctx);
    }
  }

  private void talk(ChannelHandlerContext ctx) {
    while (ctx.channel().isWritable() && !stopped) {
      ByteBuf block = ctx.alloc().directBuffer(BLOCK_BYTES, BLOCK_BYTES);
      lines.fill(block);
      ctx.writeAndFlush(block);
    }
  }
}
