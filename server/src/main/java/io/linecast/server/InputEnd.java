package io.linecast.server;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/** How Netty tells that a client has ended its sending side: by either event, or by both. */
final class InputEnd {

  private InputEnd() {}

  static boolean isToldBy(Object event) {
    return event == ChannelInputShutdownEvent.INSTANCE
        || event == ChannelInputShutdownReadComplete.INSTANCE;
  }
}
