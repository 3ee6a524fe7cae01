package io.linecast.server;

import io.linecast.server.ReachOptions.UnixSocket;
import io.linecast.server.ServerOptions.LinePort;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A line broadcaster: whatever line a client sends goes to every other client of its channel.
 *
 * <pre>{@code
 * try (var server = LinecastServer.start(ServerOptions.builder().port(0).build())) {
 *   System.out.println("nc 127.0.0.1 " + server.port());
 *   …
 * }
 * }</pre>
 *
 * <p>Safe from any thread. {@link #close} stops in an orderly way: everything accepted reaches
 * everyone who reads, within the options' drain time.
 */
public final class LinecastServer implements AutoCloseable {

  /**
   * A port that is listened on.
   *
   * @param address where, with the real port
   * @param channel whose lines go in and out there
   */
  public record Listening(InetSocketAddress address, String channel) {}

  private final ServerOptions options;
  private final AccessControl access;
  private final Transport transport;
  private final EventLoopGroup group;
  private final Map<EventLoop, ServerLoop> loops = new HashMap<>();
  private final HostedChannels channels;
  private final Ports ports;

  /** Where none of it is spoken, nothing of it is loaded. */
  private final @Nullable ServerTls tls;

  /** Only where somebody can ask for it. */
  private final @Nullable Monitoring monitoring;

  private @Nullable StatusBoard status;
  private @Nullable WebPort web;

  private final Connections connections;
  private @Nullable MemoryWatch memory;
  private final @Nullable LinePrinter printer;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<FinalFigures> stopped = new CompletableFuture<>();

  private LinecastServer(ServerOptions options) {
    this.options = options;
    this.access = new AccessControl(options.access(), options.tls().clientCa().isPresent());
    this.transport = options.transport().resolve();
    int threads = options.eventLoopsOn(Runtime.getRuntime().availableProcessors());
    requireWindowFor(threads, options);
    this.tls = options.tls().isOn() ? ServerTls.start(options) : null;
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("linecast-loop"), transport.newIoHandlerFactory());
    for (EventExecutor executor : group) {
      SingleThreadEventLoop eventLoop = (SingleThreadEventLoop) executor;
      loops.put(
          eventLoop,
          new ServerLoop(eventLoop, ServerTls.newWriter(tls, transport), loops.size(), options));
    }
    int most = options.maxConnections();
    this.connections =
        new Connections(
            most > 0 ? most : Descriptors.roomForConnections(),
            new MemoryLevel(options.limits().memoryBytes()),
            this::onConnectionClosed);
    this.ports = new Ports(options, transport, group, loops, connections, tls);
    this.monitoring = options.web().port().isPresent() ? new Monitoring(tls) : null;
    this.printer =
        options.print()
            ? new LinePrinter(new FileOutputStream(FileDescriptor.out).getChannel())
            : null;
    this.channels = new HostedChannels(options, loopsInOrder(), printer, monitoring);
  }

  private static void requireWindowFor(int threads, ServerOptions options) {
    long least = (long) ServerOptions.MIN_RUNS_PER_LOOP * threads * options.largestRunBytes();
    if (options.windowBytes() < least) {
      throw new StartException(
          StartException.Reason.USAGE,
          "--window must be at least %d with %d event loops, not %d"
              .formatted(least, threads, options.windowBytes()));
    }
  }

  /**
   * Starts a server; it listens when this returns.
   *
   * @throws StartException if it cannot, for a reason that the caller can mend
   */
  public static LinecastServer start(ServerOptions options) {
    LinecastServer server = new LinecastServer(options);
    try {
      server.listen();
    } catch (RuntimeException e) {
      server.stopping.set(true);
      server.release();
      throw e;
    }
    return server;
  }

  private void listen() {
    // All of them, before the first client may ask for one by name.
    for (LinePort port : options.ports()) {
      channels.open(port.channel());
    }
    for (UnixSocket socket : options.reach().unix()) {
      channels.open(socket.channel());
    }
    channels.onComplete();
    memory = new MemoryWatch(channels.all(), loopsInOrder(), connections);
    memory.start();
    for (LinePort port : options.ports()) {
      ports.openLines(port.port(), listenerOf(port.channel()));
    }
    for (UnixSocket socket : options.reach().unix()) {
      ports.openUnix(socket, listenerOf(socket.channel()));
    }
    if (monitoring != null) {
      listenOnWeb(options.web().port().orElseThrow(), monitoring);
    }
    access.start(loops.values(), web);
    ClientTimers timers = new ClientTimers(options, channels.all());
    loops.values().forEach(timers::startOn);
  }

  private LineListener listenerOf(String channel) {
    return new LineListener(
        options,
        access.policy(),
        channels.named(channel).orElseThrow(),
        channels::named,
        connections,
        this::stopSoon);
  }

  private void onConnectionClosed() {
    ports.onConnectionClosed();
  }

  private void listenOnWeb(int port, Monitoring figures) {
    StatusBoard board =
        new StatusBoard(channels.all(), channels.latencies(), loopsInOrder(), connections);
    status = board;
    WebPort opened =
        new WebPort(
            options,
            access.policy(),
            loops,
            channels.byName(),
            connections,
            board,
            figures,
            this::stopSoon);
    ports.openWeb(port, opened);
    opened.startHeartbeats();
    board.start();
    web = opened;
    Objects.requireNonNull(memory).add(opened);
  }

  private List<ServerLoop> loopsInOrder() {
    ServerLoop[] ordered = new ServerLoop[loops.size()];
    loops.values().forEach(loop -> ordered[loop.index()] = loop);
    return List.of(ordered);
  }

  /** The port of the main channel, as it really is. */
  public int port() {
    return ports.lines().getFirst().address().getPort();
  }

  /** Every port listened on, on each of its addresses; the main port's main address first. */
  public List<Listening> listening() {
    return ports.lines();
  }

  /** Every unix socket listened on. */
  public List<UnixSocket> listeningUnix() {
    return options.reach().unix();
  }

  /** Where the web port is, on its main address; empty if there is none. */
  public Optional<InetSocketAddress> web() {
    return ports.web().stream().findFirst();
  }

  /** Where the web port is, on each of its addresses, the main one first. */
  public List<InetSocketAddress> webListening() {
    return ports.web();
  }

  /** Whether everybody may listen and publish who can reach it, by IPv4 or by IPv6. */
  public boolean isOpenToAll() {
    return access.policy().isOpenToAll();
  }

  /** Whether a port speaks TLS. */
  public boolean isSecure(InetSocketAddress address) {
    return tls != null && !options.tls().off().contains(address.getPort());
  }

  /** The SHA-256 of the certificate that new connections get; empty without TLS. */
  public Optional<String> fingerprint() {
    return tls == null ? Optional.empty() : Optional.of(tls.contexts().certificate().fingerprint());
  }

  /** How sockets are spoken to: never {@link Transport#AUTO}. */
  public Transport transport() {
    return transport;
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.open();
  }

  /** Begins an orderly stop and returns at once. */
  public void stopSoon() {
    if (stopping.compareAndSet(false, true)) {
      Thread.ofPlatform().name("linecast-stop").start(this::stopInOrder);
    }
  }

  /** Waits until the server has stopped, for whatever reason. */
  public FinalFigures awaitStopped() {
    return stopped.join();
  }

  /** Stops in an orderly way and waits until that is done, for the drain time at the longest. */
  @Override
  public void close() {
    stopSoon();
    awaitStopped();
  }

  private void stopInOrder() {
    try {
      ports.removeFiles();
      new OrderlyStop(ports.sockets(), channels.all(), loopsInOrder(), connections, printer, web)
          .run(options.drain());
      stopped.complete(FinalFigures.of(channels.all(), connections));
    } catch (InterruptedException | RuntimeException | Error e) {
      stopped.completeExceptionally(e);
    } finally {
      release();
    }
  }

  /** Ends the threads and gives the memory back; only then does nobody read a feed any more. */
  private void release() {
    ports.removeFiles();
    ports.sockets().forEach(Channel::close);
    access.close();
    if (status != null) {
      status.close();
    }
    if (monitoring != null) {
      monitoring.close();
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.values().forEach(loop -> loop.writer().close());
    if (tls != null) {
      tls.close();
    }
    if (printer != null) {
      printer.stop();
    }
    channels.close();
  }
}
