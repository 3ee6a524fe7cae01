package io.linecast.bench.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Connections that come, hear one line, and go: how long a server's core computes for each. The
 * line is what a ticket comes with.
 */
final class Handshakes {

  private static final int FIRST = 200;

  private final Wire wire;

  Handshakes(Wire wire) {
    this.wire = wire;
  }

  Map<String, Object> measure(ServerTime server, int seconds) throws Exception {
    Channel talker = wire.open(null, new ChannelInboundHandlerAdapter());
    talker.writeAndFlush(talker.alloc().buffer().writeBytes("hello\n".getBytes(US_ASCII))).sync();
    for (int i = 0; i < FIRST; i++) {
      once();
    }
    double computed = server.seconds();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    long count = 0;
    while (System.nanoTime() < end) {
      once();
      count++;
    }
    double took = (System.nanoTime() - begin) / 1e9;
    double serverSeconds = Math.max(1e-3, server.seconds() - computed);
    return Map.of(
        "handshakes_per_second", count / took,
        "handshakes_per_server_second", count / serverSeconds,
        "clean", true);
  }

  private void once() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    Channel channel =
        wire.open(
            null,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object message) {
                ((ByteBuf) message).release();
                heard.countDown();
              }
            });
    heard.await();
    channel.config().setOption(ChannelOption.SO_LINGER, 0); // no port stays behind
    channel.close().sync();
  }
}
