package io.linecast.server;

import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/**
 * Netty's listening channel, accepting {@link LineNioSocketChannel}s one a turn: it hands on what a
 * turn has accepted when the turn is over, and then it is too late to say that there be no more.
 */
final class LineNioServerSocketChannel extends NioServerSocketChannel {

  LineNioServerSocketChannel(SocketProtocolFamily family) {
    super(SelectorProvider.provider(), family);
    config().setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
  }

  @Override
  protected int doReadMessages(List<Object> accepted) throws Exception {
    SocketChannel socket = javaChannel().accept();
    if (socket == null) {
      return 0;
    }
    accepted.add(new LineNioSocketChannel(this, socket));
    return 1;
  }
}
