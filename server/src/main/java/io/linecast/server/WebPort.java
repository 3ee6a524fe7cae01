package io.linecast.server;

import io.linecast.core.LineChannel;
import io.linecast.core.RefusedException;
import io.linecast.protocol.Code;
import io.linecast.server.access.AccessPolicy;
import io.linecast.server.access.Tickets;
import io.linecast.server.web.BodyBudget;
import io.linecast.server.web.Caller;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.HttpConnection;
import io.linecast.server.web.LateWriter;
import io.linecast.server.web.ProblemException;
import io.linecast.server.web.Reception;
import io.linecast.server.web.Route;
import io.linecast.server.web.Routes;
import io.linecast.server.web.SiteProtection;
import io.linecast.server.web.StaticFiles;
import io.linecast.server.web.WebClient;
import io.linecast.server.web.WebSite;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web port: what there is at which path, and who is connected. Immutable; its connections are
 * their loops'.
 */
final class WebPort {

  private static final Logger LOG = LoggerFactory.getLogger(WebPort.class);

  private final ServerOptions options;
  private final Map<EventLoop, ServerLoop> loops;
  private final Connections connections;
  private final Map<String, LineListener> channels = new LinkedHashMap<>();
  private final WebAccess access = new WebAccess(channels);
  private final Map<EventLoop, WebGuests> guests = new LinkedHashMap<>();
  private final WebSite site;
  private final @Nullable PostPace postPace;

  /** A port that nobody is connected to. */
  WebPort(
      ServerOptions options,
      AccessPolicy policy,
      Map<EventLoop, ServerLoop> loops,
      Map<String, LineChannel> channels,
      Connections connections,
      StatusBoard status,
      Monitoring monitoring,
      Runnable onStopWord) {
    this.options = options;
    this.loops = loops;
    this.connections = connections;
    this.postPace = PostPace.of(options.limits(), connections.limited());
    channels.forEach(
        (name, channel) ->
            this.channels.put(
                name,
                new LineListener(
                    options,
                    policy,
                    channel,
                    other -> Optional.ofNullable(channels.get(other)),
                    connections,
                    onStopWord)));
    int slices = Heartbeat.slices(options.acknowledged().heartbeat());
    loops.keySet().forEach(loop -> guests.put(loop, new WebGuests(connections, slices)));
    WebOptions web = options.web();
    List<String> hosts = new ArrayList<>(web.hosts());
    hosts.addAll(options.bind());
    this.site =
        new WebSite(
            routes(status, monitoring, policy.tickets()),
            new SiteProtection(hosts, web.origins()),
            new Reception(policy),
            web.limits(),
            new BodyBudget(web.maxBodiesBytes()),
            connections.refusals()::add,
            address -> connections.limited().reached(Limit.REQUEST_TIME, address));
  }

  /** What there is. Whatever else the port is to show gets its line here. */
  private Routes routes(StatusBoard status, Monitoring monitoring, Tickets tickets) {
    Route following = access.listening(new Following(this));
    Route publishing = access.publishing(this::publish);
    WebSockets sockets = new WebSockets(this);
    List<LineChannel> all = channels.values().stream().map(LineListener::channel).toList();
    Health health = new Health(all);
    StaticFiles page = new StaticFiles("/io/linecast/server/web/page/");
    StaticFiles charts = StaticFiles.ofWebJar("uplot");
    return new Routes()
        .get("/lines", following)
        .post("/lines", publishing)
        .get("/ws", sockets)
        .get("/channels/{channel}/lines", following)
        .post("/channels/{channel}/lines", publishing)
        .get("/channels/{channel}/ws", sockets)
        .get("/api/status", access.administering(new StatusRoute(this, status)))
        .post("/api/ticket", new TicketRoute(tickets))
        .get("/health/live", health::live)
        .get("/health/ready", health::ready)
        .get(
            "/metrics",
            access.administering(monitoring.page(all, loops.values(), connections, health)))
        .get("/webjars/uplot/**", exchange -> charts.serve(exchange, rest(exchange)))
        .get("/page/**", exchange -> page.serve(exchange, rest(exchange)))
        .get("/", exchange -> page.serve(exchange, "index.html"));
  }

  private static String rest(Exchange exchange) {
    return exchange.word(Routes.REST).orElseThrow();
  }

  private void publish(Exchange exchange) {
    LineListener listener = channel(exchange);
    if (postPace != null) {
      postPace.admit(exchange);
    }
    new PostedLines(exchange, listener, loop(exchange)).start();
  }

  /**
   * The channel that a request is about.
   *
   * @throws RefusedException if there is none of that name
   */
  LineListener channel(Exchange exchange) {
    LineListener channel =
        channels.get(exchange.word("channel").orElse(ServerOptions.MAIN_CHANNEL));
    if (channel == null) {
      throw new RefusedException(Code.CHANNEL, "there is no channel of that name");
    }
    return channel;
  }

  /** The channel that a hello is for; what is wrong with the request, the hello is told. */
  LineListener channelOfHello(Caller caller) {
    String name = ServerOptions.MAIN_CHANNEL;
    try {
      name = access.requireEntry(caller);
    } catch (ProblemException | RefusedException e) {
      LOG.trace("a hello is for main, and will be refused: {}", e.getMessage());
    }
    return Objects.requireNonNull(channels.get(name));
  }

  WebAccess access() {
    return access;
  }

  ServerLoop loop(Exchange exchange) {
    return Objects.requireNonNull(loops.get(exchange.socket().eventLoop()));
  }

  ServerOptions options() {
    return options;
  }

  /** A connection has come. On its loop. */
  void enter(DuplexChannel socket, ServerLoop loop) {
    WebGuests here = guests(loop);
    LateWriter late = (bytes, onDone) -> new RoomPoll(socket, loop, bytes, onDone).startNow();
    here.add(HttpConnection.on(socket, site, here, late));
  }

  /** Who is connected on a loop. */
  WebGuests guests(ServerLoop loop) {
    return Objects.requireNonNull(guests.get(loop.eventLoop()));
  }

  Connections connections() {
    return connections;
  }

  /** Has its connections say something now and then, some at a time as on the line ports. */
  void startHeartbeats() {
    Duration heartbeat = options.acknowledged().heartbeat();
    if (heartbeat.isZero()) {
      return;
    }
    long interval = Heartbeat.nanosBetweenSlices(heartbeat);
    guests.forEach(
        (loop, here) ->
            loop.scheduleWithFixedDelay(
                () -> here.visitSlice(WebClient::tick), interval, interval, TimeUnit.NANOSECONDS));
  }
}
