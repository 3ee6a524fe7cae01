package io.linecast.server;

import io.linecast.protocol.Code;
import io.linecast.server.access.Identity;
import io.linecast.server.access.Tickets;
import io.linecast.server.web.Caller;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who brings a token gets a ticket for it, because a page cannot have its browser send a token with
 * a WebSocket. Immutable, but for the tickets.
 */
record TicketRoute(Tickets tickets) implements Route {

  @Override
  public void admit(Caller caller) {
    if (caller.visitor().identity().isEmpty()) {
      throw caller.notPermitted("there are no tickets");
    }
  }

  @Override
  public void serve(Exchange exchange) {
    Identity identity = exchange.caller().visitor().identity().orElseThrow();
    Optional<String> ticket = tickets.issue(identity);
    if (ticket.isEmpty()) {
      exchange.fail(Problem.of(Code.RATE, "too many tickets are unused; they end by themselves"));
      return;
    }
    String json =
        "{\"ticket\":\"%s\",\"expires\":%d}\n".formatted(ticket.get(), Tickets.LIFE.toSeconds());
    exchange.answer("application/json", json.getBytes(StandardCharsets.US_ASCII));
  }
}
