package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault of the server's own that concerns one client: it costs that client and nobody else. */
final class ClientFault {

  private static final Logger LOG = LoggerFactory.getLogger(ClientFault.class);

  private ClientFault() {}

  /** Does something for a client. If that fails, the client is closed, and the caller goes on. */
  static void contain(Sink client, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a client is closed because of a fault", e);
      close(client);
    }
  }

  private static void close(Sink client) {
    try {
      client.close(CloseReason.FAULT);
    } catch (RuntimeException | Error e) {
      LOG.error("a client could not even be closed", e);
    }
  }
}
