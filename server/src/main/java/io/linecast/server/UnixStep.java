package io.linecast.server;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.access.Peer;
import io.linecast.server.access.UnixClient;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;

/**
 * Knows a client of a unix socket by its process. Safe from any loop.
 *
 * @param at the socket
 */
record UnixStep(UnixSocket at) implements Entry.Step {

  @Override
  public void pass(Entry entry) {
    DuplexChannel socket = entry.socket();
    Peer.byUnixSocket(client(socket)).tell(socket);
    entry.proceed();
  }

  private UnixClient client(DuplexChannel socket) {
    try {
      PeerCredentials process = ((EpollDomainSocketChannel) socket).peerCredentials();
      return new UnixClient(at.path(), process.pid(), process.uid());
    } catch (IOException e) {
      return new UnixClient(at.path());
    }
  }
}
