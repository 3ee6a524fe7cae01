package io.linecast.server.web;

import io.linecast.core.CloseReason;
import java.net.SocketAddress;

/** Whoever looks after connections of the web port. Called on their loop, once for each. */
public interface ConnectionOwner {

  /** It has closed. */
  void onClosed(WebClient connection, SocketAddress address, CloseReason reason);

  /** It was handed over, and is somebody else's. */
  void onHandedOver(WebClient connection);
}
