package io.linecast.server.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * The ends of a connection's two directions, which with TLS are not only its socket's. Owned by the
 * connection's loop. Small, so that where there is no TLS little is loaded.
 */
public interface TlsEnds extends ChannelHandler {

  /** The name of the handler that is one. */
  String NAME = "tls";

  /** Whether the client has said that it sends nothing more. */
  boolean isInputEnded();

  /** Says that nothing more will be sent; done when that is with the system. */
  ChannelFuture endOutput();

  /** Whether a client sends nothing more, as far as is known. */
  static boolean isInputEnded(DuplexChannel socket) {
    return socket.isInputShutdown() || (of(socket) instanceof TlsEnds tls && tls.isInputEnded());
  }

  /** Ends what is sent to a client, whatever it is spoken to by. */
  static ChannelFuture endOutput(DuplexChannel socket) {
    if (of(socket) instanceof TlsEnds tls) {
      tls.endOutput();
      // It has gone out if it could; where it could not, the client reads nothing.
    }
    return socket.shutdownOutput();
  }

  private static @Nullable ChannelHandler of(Channel socket) {
    return socket.pipeline().get(NAME);
  }
}
