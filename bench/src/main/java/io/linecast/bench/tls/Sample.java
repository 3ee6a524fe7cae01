package io.linecast.bench.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.LongAdder;

/** A listener whose lines are opened and verified, byte for byte. */
final class Sample extends ChannelInboundHandlerAdapter {

  private final Lines lines;

  // Read by who measures; written by the loop.
  private final LongAdder sealedBytes = new LongAdder();
  private final LongAdder openedBytes = new LongAdder();
  private final LongAdder faults = new LongAdder();
  private volatile boolean gone;

  Sample(Lines lines) {
    this.lines = lines;
  }

  /** Counts what comes before it is opened. */
  ChannelInboundHandlerAdapter counter() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) {
        sealedBytes.add(((ByteBuf) message).readableBytes());
        ctx.fireChannelRead(message);
      }
    };
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    openedBytes.add(bytes.readableBytes());
    if (!lines.match(bytes)) {
      faults.increment();
    }
    bytes.release();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    gone = true;
  }

  /** Whether it has been listening all the time. */
  boolean isThere() {
    return !gone && openedBytes.sum() > 0;
  }

  long sealedBytes() {
    return sealedBytes.sum();
  }

  long openedBytes() {
    return openedBytes.sum();
  }

  long faults() {
    return faults.sum();
  }
}
