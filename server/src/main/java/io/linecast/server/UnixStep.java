package io.linecast.server;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.access.Peer;
import io.linecast.server.access.UnixClient;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.PeerCredentials;
import java.io.IOException;
import java.util.Optional;

/**
 * Knows a client of a unix socket by its process. Safe from any loop.
 *
 * @param at the socket
 */
record UnixStep(UnixSocket at) implements Entry.Step {

  @Override
  public void pass(Entry entry) {
    DuplexChannel socket = entry.socket();
    new Peer(client(socket), true, Optional.empty()).tell(socket);
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
