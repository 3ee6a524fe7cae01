package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.Sink;
import io.linecast.protocol.Code;
import io.linecast.protocol.From;
import io.linecast.protocol.Hello;
import io.linecast.protocol.HelloException;
import io.linecast.server.access.PlainRights;
import io.linecast.server.access.Visitor;
import io.linecast.server.web.Caller;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.FrameEncoding;
import io.linecast.server.web.Problem;
import io.linecast.server.web.ProblemException;
import io.linecast.server.web.Reception;
import io.linecast.server.web.Route;
import io.linecast.server.web.WebSocketHandshake;
import io.linecast.server.web.WebSocketInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Requests that become WebSockets: of plain lines, or of LINECAST/1 if its subprotocol is offered.
 * Immutable.
 *
 * @param port whose clients they are
 */
record WebSockets(WebPort port) implements Route {

  /** Of a client that names none. */
  private static final String NONCE = "websocket";

  private static final Set<String> NOT_OF_THE_HELLO = Set.of("nonce", Reception.TICKET);

  /** A page is told by LINECAST/1 what is wrong: it sees no failed handshake. */
  @Override
  public void admit(Caller caller) {
    if (!speaksLinecast(caller)) {
      port.access().requireEntry(caller);
    }
  }

  @Override
  public void serve(Exchange exchange) {
    Optional<Problem> refusal = WebSocketHandshake.refusal(exchange);
    if (refusal.isPresent()) {
      exchange.fail(refusal.get());
    } else if (speaksLinecast(exchange.caller())) {
      acknowledge(exchange);
    } else {
      relay(exchange, port.channel(exchange));
    }
  }

  private boolean speaksLinecast(Caller caller) {
    return !port.options().acknowledged().plainOnly()
        && WebSocketHandshake.offers(caller.headers(), MessageFraming.SUBPROTOCOL);
  }

  private void relay(Exchange exchange, LineListener listener) {
    PlainRights rights = port.access().rights(exchange.caller());
    From wish = Following.from(exchange, port.options());
    From from = rights.mayListen() ? wish : new From.New();
    if (listener.channel().past().isToBeFound(from, exchange.parameter("epoch"))) {
      PlaceSearch.start(
          exchange,
          listener.channel(),
          port.loop(exchange),
          from,
          place -> relay(exchange, listener, place, Optional.empty()));
    } else {
      relay(exchange, listener, from, exchange.parameter("epoch"));
    }
  }

  private void relay(Exchange exchange, LineListener listener, From from, Optional<String> epoch) {
    ServerLoop loop = port.loop(exchange);
    MessageStream stream = new MessageStream(port, loop, exchange, listener);
    Arrival.Wish wish =
        new Arrival.Wish(from, epoch, Optional.empty(), FrameEncoding.PLAIN, Long.MAX_VALUE);
    PlainRights rights = port.access().rights(exchange.caller());
    Optional<Sink> hears = rights.mayListen() ? Optional.of(stream) : Optional.empty();
    Arrival arrival = listener.channel().arrive(wish, loop.index(), hears, stream);
    HttpHeaders headers = new DefaultHttpHeaders();
    Following.describe(arrival, listener.channel(), headers);
    ByteBuf head = WebSocketHandshake.answer(exchange, Optional.empty(), headers);
    exchange.handOver(
        () -> stream.begin(arrival, rights, head), new WebSocketInput(stream), stream);
  }

  /** What is wrong with its hello it is told by LINECAST/1. */
  private void acknowledge(Exchange exchange) {
    LineListener listener = port.channelOfHello(exchange.caller());
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
    Function<Hello, Visitor> who = said -> visitor(said, exchange.caller());
    int maxAnswersBytes = listener.options().acknowledged().maxAnswersBytes();
    exchange.handOver(
        () -> {
          port.connections().onChanged(Wire.HTTP, connection.wire());
          connection.send(head);
          new Entrance(listener, loop, connection, who).answer(hello, true).ifPresent(input::speak);
        },
        new WebSocketInput(new AckMessages(connection, allocator, maxAnswersBytes)),
        connection);
  }

  private static Visitor visitor(Hello hello, Caller caller) {
    try {
      return caller.visitor();
    } catch (ProblemException e) {
      throw new HelloException(hello.nonce(), Code.AUTH, e.problem().detail());
    }
  }

  /** The parameters of the query, as the hello line that they stand for. */
  private static String hello(Exchange exchange) {
    StringBuilder hello = new StringBuilder("LINECAST/1 ");
    hello.append(word(exchange.parameter("nonce").orElse(NONCE)));
    Map<String, List<String>> parameters = exchange.parameters();
    if (!parameters.containsKey("channel")) {
      exchange.word("channel").ifPresent(name -> hello.append(" channel=").append(word(name)));
    }
    parameters.forEach(
        (name, values) -> {
          if (!NOT_OF_THE_HELLO.contains(name)) {
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
