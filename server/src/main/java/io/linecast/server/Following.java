package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.BasicEncoding;
import io.linecast.core.LineChannel;
import io.linecast.core.LineEncoding;
import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.linecast.protocol.Decimal;
import io.linecast.protocol.From;
import io.linecast.server.web.EventEncoding;
import io.linecast.server.web.EventId;
import io.linecast.server.web.Events;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import io.linecast.server.web.Route;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import java.util.Optional;

/**
 * Whoever asks for a channel's lines hears them: as events if it says so, else as they are.
 * Immutable.
 *
 * @param port whose clients they are
 */
record Following(WebPort port) implements Route {

  private static final String EVENTS = "text/event-stream";
  private static final String LAST_EVENT_ID = "last-event-id";

  @Override
  public void serve(Exchange exchange) {
    LineListener listener = port.channel(exchange);
    boolean events = wantsEvents(exchange);
    if (events) {
      requireChunks(exchange);
    }
    String epoch = listener.channel().journal().epoch();
    Arrival.Wish wish =
        wish(exchange, events ? new EventEncoding(epoch) : BasicEncoding.PLAIN, events);
    if (exchange.isHead()) {
      exchange.answer(HttpResponseStatus.OK, headers(events), new byte[0]);
    } else {
      find(exchange, listener, wish, events);
    }
  }

  static void requireChunks(Exchange exchange) {
    if (!exchange.takesChunks()) {
      throw new ProblemException(
          Problem.of(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "events need HTTP/1.1"));
    }
  }

  static boolean wantsEvents(Exchange exchange) {
    return exchange
        .header(HttpHeaderNames.ACCEPT)
        .filter(types -> types.toLowerCase(Locale.ROOT).contains(EVENTS))
        .isPresent();
  }

  /** Some places are looked up first; the answer comes a little later. */
  private void find(Exchange exchange, LineListener listener, Arrival.Wish wish, boolean events) {
    if (listener.channel().past().isToBeFound(wish.from(), wish.epoch())) {
      PlaceSearch.start(
          exchange,
          listener.channel(),
          port.loop(exchange),
          wish.from(),
          place -> open(exchange, listener, wish.at(place), events));
    } else {
      open(exchange, listener, wish, events);
    }
  }

  private void open(Exchange exchange, LineListener listener, Arrival.Wish wish, boolean events) {
    LineChannel channel = listener.channel();
    ServerLoop loop = port.loop(exchange);
    LineStream stream =
        new LineStream(
            port,
            loop,
            exchange,
            listener,
            wish.encoding(),
            events ? new Events(channel.journal().epoch()) : null);
    Arrival arrival = channel.arrive(wish, loop.index(), Optional.of(stream), stream);
    HttpHeaders headers = headers(events);
    describe(arrival, channel, headers);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (events) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    ByteBuf head = exchange.head(HttpResponseStatus.OK, headers);
    exchange.handOver(() -> stream.begin(arrival, wish.limit(), head), stream);
  }

  /** Says where hearing begins, for whoever cannot be told in the stream. */
  static void describe(Arrival arrival, LineChannel channel, HttpHeaders headers) {
    headers.set("linecast-epoch", channel.journal().epoch());
    headers.set("linecast-first", arrival.lineBefore() + 1);
    headers.set("linecast-next", arrival.next());
    arrival.gap().ifPresent(gap -> headers.set("linecast-gap", gap.arguments()));
  }

  static HttpHeaders headers(boolean events) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, events ? EVENTS : "text/plain; charset=utf-8");
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("x-accel-buffering", "no"); // or a proxy would gather lines first
    return headers;
  }

  private Arrival.Wish wish(Exchange exchange, LineEncoding encoding, boolean events) {
    long limit = exchange.parameter("limit").map(Following::limit).orElse(Long.MAX_VALUE);
    Optional<String> last = exchange.header(LAST_EVENT_ID).filter(id -> events && !id.isEmpty());
    if (last.isPresent()) {
      EventId id =
          EventId.parse(last.get())
              .filter(ours -> ours.line() < Long.MAX_VALUE)
              .orElseThrow(() -> wrong("Last-Event-ID is none of this server's"));
      return new Arrival.Wish(
          new From.Line(id.line() + 1), Optional.of(id.epoch()), Optional.empty(), encoding, limit);
    }
    return new Arrival.Wish(
        from(exchange, port.options()),
        exchange.parameter("epoch"),
        Optional.empty(),
        encoding,
        limit);
  }

  /** Where a request has hearing begin. */
  static From from(Exchange exchange, ServerOptions options) {
    Optional<String> from = exchange.parameter("from");
    if (from.isEmpty()) {
      return options.historyLines() > 0 ? new From.Last(options.historyLines()) : new From.New();
    }
    return From.parse(from.get())
        .orElseThrow(
            () -> wrong("from is new, oldest, a line's number, -N for the last N, or a time"));
  }

  private static long limit(String value) {
    long limit = Decimal.parse(value);
    if (limit <= 0) {
      throw wrong("limit is how many lines are wanted, 1 or more");
    }
    return limit;
  }

  private static RefusedException wrong(String text) {
    return new RefusedException(Code.BAD_HELLO, text);
  }
}
