package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Sink;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fault of the server's own that concerns one client: it costs that client and nobody else. */
final class ClientFault {

  private static final Logger LOG = LoggerFactory.getLogger(ClientFault.class);

  private ClientFault() {}

  /**
   * Does something for a client. If that fails, the client is closed, and the caller goes on.
   *
   * @param client tells its address as text
   */
  static void contain(Sink client, Runnable action) {
    contain(client, client::close, action);
  }

  /**
   * Does something for a client. If that fails, the client is closed, and the caller goes on.
   *
   * @param client tells its address as text
   * @param closing how it is closed
   */
  static void contain(Object client, Consumer<CloseReason> closing, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      LOG.error("{} is closed because of a fault", client, e);
      close(client, closing);
    }
  }

  private static void close(Object client, Consumer<CloseReason> closing) {
    try {
      closing.accept(CloseReason.FAULT);
    } catch (RuntimeException | Error e) {
      LOG.error("{} could not even be closed", client, e);
    }
  }
}
