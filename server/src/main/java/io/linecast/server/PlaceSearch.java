package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.RefusedException;
import io.linecast.protocol.From;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import java.util.function.Consumer;

/**
 * A request that is to begin at a time, while its journal is asked where that is, or at a line that
 * another server has, until it is here too. Owned by the connection's loop.
 */
final class PlaceSearch {

  private final Exchange exchange;

  /** The client is gone, or has been answered. */
  private boolean over;

  private PlaceSearch(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Begins.
   *
   * @param then goes on with the request, at a line; it may refuse it
   * @throws RefusedException if the journal keeps no times
   */
  static void start(
      Exchange exchange, LineChannel channel, ServerLoop loop, From from, Consumer<From> then) {
    PlaceSearch search = new PlaceSearch(exchange);
    channel
        .past()
        .find(
            from,
            loop,
            place -> search.end(() -> then.accept(place)),
            refusal -> search.end(() -> search.refuse(refusal)));
    exchange.onGone(() -> search.over = true);
    exchange.onGivenUp(problem -> search.end(() -> exchange.fail(problem)));
  }

  private void end(Runnable action) {
    if (over) {
      return;
    }
    over = true;
    try {
      action.run();
    } catch (ProblemException e) {
      exchange.fail(e.problem());
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  private void refuse(RefusedException e) {
    exchange.fail(Problem.of(e.code(), String.valueOf(e.getMessage())));
  }
}
