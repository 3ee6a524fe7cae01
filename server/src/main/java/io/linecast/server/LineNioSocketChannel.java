package io.linecast.server;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Netty's socket channel, with a way past its outbound buffer. */
final class LineNioSocketChannel extends NioSocketChannel {

  LineNioSocketChannel(Channel parent, SocketChannel socket) {
    super(parent, socket);
  }

  /** Writes what the socket takes now. On the loop, while Netty itself has nothing to write. */
  int writeNow(ByteBuffer bytes) throws IOException {
    return javaChannel().write(bytes);
  }
}
