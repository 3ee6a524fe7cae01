package io.linecast.server;

import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.Route;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever asks how the server is, is told: as events, once a second, if it says so, else once.
 * Immutable.
 *
 * @param port whose clients they are
 */
record StatusRoute(WebPort port, StatusBoard board) implements Route {

  private static final Logger LOG = LoggerFactory.getLogger(StatusRoute.class);

  @Override
  public void serve(Exchange exchange) {
    if (!Following.wantsEvents(exchange)) {
      answer(exchange);
      return;
    }
    Following.requireChunks(exchange);
    HttpHeaders headers = Following.headers(true);
    if (exchange.isHead()) {
      exchange.answer(HttpResponseStatus.OK, headers, new byte[0]);
    } else {
      watch(exchange, headers);
    }
  }

  private void answer(Exchange exchange) {
    ServerLoop loop = port.loop(exchange);
    board
        .ask()
        .whenComplete((json, fault) -> loop.execute(() -> answerWith(exchange, json, fault)));
  }

  private static void answerWith(
      Exchange exchange, byte @Nullable [] json, @Nullable Throwable fault) {
    if (json != null) {
      exchange.answer("application/json", json);
    } else {
      LOG.error("the server's status could not be told", fault);
      exchange.fail(
          Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server's log says more"));
    }
  }

  private void watch(Exchange exchange, HttpHeaders headers) {
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    StatusStream stream = new StatusStream(port, port.loop(exchange), exchange, board);
    ByteBuf head = exchange.head(HttpResponseStatus.OK, headers);
    exchange.handOver(() -> stream.begin(head), stream);
  }
}
