package io.linecast.server;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

/** What has been written to a socket that has no room for it, whoever holds it until then. */
final class Backlog {

  private Backlog() {}

  /** How much it is. On the socket's loop. */
  static long bytesOf(DuplexChannel socket) {
    ChannelOutboundBuffer pending = socket.unsafe().outboundBuffer();
    long netty = pending == null ? 0 : pending.totalPendingWriteBytes();
    return netty + RoomPoll.owedBytes(socket) + TlsLink.heldBytes(socket);
  }
}
