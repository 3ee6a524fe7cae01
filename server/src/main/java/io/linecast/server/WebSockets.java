package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.FrameEncoding;
import io.linecast.server.web.Problem;
import io.linecast.server.web.Route;
import io.linecast.server.web.WebSocketHandshake;
import io.linecast.server.web.WebSocketInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/**
 * Requests that become WebSockets: of plain lines, or of LINECAST/1 if its subprotocol is offered.
 * Immutable.
 *
 * @param port whose clients they are
 */
record WebSockets(WebPort port) implements Route {

  /** Of a client that names none. */
  private static final String NONCE = "websocket";

  @Override
  public void serve(Exchange exchange) {
    Optional<Problem> refusal = WebSocketHandshake.refusal(exchange);
    LineListener listener = port.channel(exchange);
    if (refusal.isPresent()) {
      exchange.fail(refusal.get());
    } else if (speaksLinecast(exchange)) {
      acknowledge(exchange, listener);
    } else {
      relay(exchange, listener);
    }
  }

  private boolean speaksLinecast(Exchange exchange) {
    return !port.options().acknowledged().plainOnly()
        && WebSocketHandshake.offers(exchange, MessageFraming.SUBPROTOCOL);
  }

  private void relay(Exchange exchange, LineListener listener) {
    ServerLoop loop = port.loop(exchange);
    MessageStream stream = new MessageStream(port, loop, exchange, listener);
    Arrival.Wish wish =
        new Arrival.Wish(
            Following.from(exchange, port.options()),
            exchange.parameter("epoch"),
            Optional.empty(),
            FrameEncoding.PLAIN,
            Long.MAX_VALUE);
    Arrival arrival = listener.channel().arrive(wish, loop.index(), Optional.of(stream), stream);
    HttpHeaders headers = new DefaultHttpHeaders();
    Following.describe(arrival, listener.channel(), headers);
    ByteBuf head = WebSocketHandshake.answer(exchange, Optional.empty(), headers);
    exchange.handOver(() -> stream.begin(arrival, head), new WebSocketInput(stream), stream);
  }

  /** What is wrong with its hello it is told by LINECAST/1: a page sees no failed handshake. */
  private void acknowledge(Exchange exchange, LineListener listener) {
    DuplexChannel socket = exchange.socket();
    ServerLoop loop = port.loop(exchange);
    LineInput input =
        new LineInput(
            socket,
            loop,
            listener.channel().sweeps().get(loop.index()),
            listener.options().maxLineBytes());
    ByteBufAllocator allocator = loop.allocator();
    AckConnection connection =
        new AckConnection(listener, loop, socket, input, false, new MessageFraming(allocator));
    String hello = hello(exchange);
    ByteBuf head =
        WebSocketHandshake.answer(
            exchange, Optional.of(MessageFraming.SUBPROTOCOL), new DefaultHttpHeaders());
    int maxAnswersBytes = listener.options().acknowledged().maxAnswersBytes();
    exchange.handOver(
        () -> {
          port.connections().onChanged(Wire.HTTP, connection.wire());
          connection.send(head);
          connection.answer(hello, true).ifPresent(input::speak);
        },
        new WebSocketInput(new AckMessages(connection, allocator, maxAnswersBytes)),
        connection);
  }

  /** The parameters of the query, as the hello line that they stand for. */
  private static String hello(Exchange exchange) {
    StringBuilder hello = new StringBuilder("LINECAST/1 ");
    hello.append(word(exchange.parameter("nonce").orElse(NONCE)));
    exchange
        .parameters()
        .forEach(
            (name, values) -> {
              if (!name.equals("nonce")) {
                values.forEach(
                    value -> hello.append(' ').append(word(name)).append('=').append(word(value)));
              }
            });
    return hello.toString();
  }

  /** What is no word of a hello cannot become two. */
  private static String word(String text) {
    return text.replaceAll("\\s", "?");
  }
}
