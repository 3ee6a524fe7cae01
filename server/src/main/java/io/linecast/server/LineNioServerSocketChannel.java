package io.linecast.server;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Netty's listening channel, accepting {@link LineNioSocketChannel}s. */
public final class LineNioServerSocketChannel extends NioServerSocketChannel {

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
