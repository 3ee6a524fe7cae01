package io.linecast.server;

import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;

/** Netty's listening channel, accepting {@link LineNioSocketChannel}s. */
final class LineNioServerSocketChannel extends NioServerSocketChannel {

  LineNioServerSocketChannel(SocketProtocolFamily family) {
    super(SelectorProvider.provider(), family);
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
