package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.access.Visitor;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.WebClient;

/** A connection of the web port that has been handed over, and whose it is. Owned by its loop. */
abstract class WebGuest extends ClientHandler implements WebClient {

  private final WebPort port;
  private final ServerLoop loop;
  private final Visitor visitor;

  WebGuest(WebPort port, ServerLoop loop, Exchange exchange) {
    super(exchange.socket());
    this.port = port;
    this.loop = loop;
    this.visitor = exchange.caller().visitor();
  }

  /** The connection, which has spoken HTTP, is its own from now on. */
  final void enter() {
    port.guests(loop).add(this);
    port.connections().onChanged(Wire.HTTP, wire());
    if (visitor.isRevoked()) {
      loop.execute(this::endIfRevoked); // nobody else may look
    }
  }

  final WebPort port() {
    return port;
  }

  final ServerLoop loop() {
    return loop;
  }

  @Override
  public final void endIfRevoked() {
    if (visitor.isRevoked()) {
      onRevoked();
    }
  }

  /** Whose it is is nobody any more. */
  void onRevoked() {
    finish(CloseReason.AUTH);
  }
}
