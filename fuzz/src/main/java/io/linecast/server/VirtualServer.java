package io.linecast.server;

import io.linecast.core.Archive;
import io.linecast.core.Feed;
import io.linecast.core.Journal;
import io.linecast.core.LineChannel;
import io.linecast.core.MemoryJournal;
import io.linecast.core.Pace;
import io.linecast.core.ServingTimes;
import io.linecast.fuzz.Property;
import io.linecast.server.access.AccessPolicy;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server's connections and channels without sockets, threads and clock: what {@link
 * LinecastServer} puts together for real ones. Once it is closed, nothing of it is left, or it
 * fails.
 */
final class VirtualServer implements AutoCloseable {

  /** Beside the main channel. */
  static final String OTHER_CHANNEL = "other";

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Faults FAULTS = Faults.watch();

  /** More than any connection lingers once its client has ended. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  private static final long OTHER_THREADS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ServerOptions options;
  private final AccessPolicy access;
  private final VirtualLoop eventLoop = new VirtualLoop();
  private final ServerLoop loop;
  private final Supplier<Journal> journals;
  private final Archive archive;
  private final Map<String, LineChannel> channels = new LinkedHashMap<>();
  private final Connections connections = new Connections(Integer.MAX_VALUE, () -> {});
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final long pooledBytesBefore = pooledBytes();
  private final List<VirtualSocket> sockets = new ArrayList<>();
  private final LineListener listener;

  /** From the first client of it on. */
  private @Nullable WebPort web;

  private Runnable figuresEnd = () -> {};
  private int stopWords;

  VirtualServer(ServerOptions options) {
    this(options, AccessPolicy.open());
  }

  /** One that does not let everybody do everything. */
  VirtualServer(ServerOptions options, AccessPolicy access) {
    this(options, access, MemoryJournal::new, Archive.withThreads(1, Archive.DEFAULT_BYTES));
  }

  /** One whose channels have such journals, which the archive reads. */
  VirtualServer(ServerOptions options, Supplier<Journal> journals, Archive archive) {
    this(options, AccessPolicy.open(), journals, archive);
  }

  private VirtualServer(
      ServerOptions options, AccessPolicy access, Supplier<Journal> journals, Archive archive) {
    this.options = options;
    this.access = access;
    this.journals = journals;
    this.archive = archive;
    this.loop = new ServerLoop(eventLoop, new VirtualWriter(), 0, options);
    for (String name : List.of(ServerOptions.MAIN_CHANNEL, OTHER_CHANNEL)) {
      channels.put(name, newChannel(name));
    }
    this.listener =
        new LineListener(
            options,
            access,
            channel(ServerOptions.MAIN_CHANNEL),
            name -> Optional.ofNullable(channels.get(name)),
            connections,
            () -> stopWords++);
  }

  private LineChannel newChannel(String name) {
    return new LineChannel(
        name,
        new Feed(options.windowBytes(), options.largestRunBytes()),
        journals.get(),
        new Pace(options.windowBytes(), options.slow()),
        List.of(loop),
        List.of(),
        options.acknowledged().publishers(),
        ServingTimes.NONE,
        archive);
  }

  private static long pooledBytes() {
    PooledByteBufAllocator pooled = PooledByteBufAllocator.DEFAULT;
    return pooled.pinnedDirectMemory() + pooled.pinnedHeapMemory();
  }

  LineChannel channel(String name) {
    return Optional.ofNullable(channels.get(name)).orElseThrow();
  }

  /** How often somebody has sent the stopping word. */
  int stopWords() {
    return stopWords;
  }

  /** Somebody of this machine connects to the line port of the main channel. */
  VirtualSocket connect() {
    return connectFrom(HERE);
  }

  /** Somebody connects to it from an address. */
  VirtualSocket connectFrom(InetAddress address) {
    return connect(
        address,
        Wire.PLAIN,
        (socket, itsLoop) ->
            socket.pipeline().addLast(new PlainConnection(listener, itsLoop, socket)));
  }

  /** Somebody connects to the web port. */
  VirtualSocket connectWeb() {
    return connect(HERE, Wire.HTTP, web()::enter);
  }

  private WebPort web() {
    if (web == null) {
      Monitoring figures = new Monitoring(null);
      channels.keySet().forEach(figures::timesOf);
      List<LineChannel> all = List.copyOf(channels.values());
      List<LatencyWindow> latencies = all.stream().map(channel -> new LatencyWindow()).toList();
      StatusBoard board = new StatusBoard(all, latencies, List.of(loop), connections);
      figuresEnd =
          () -> {
            board.close();
            figures.close();
          };
      Map<EventLoop, ServerLoop> loops = Map.of(eventLoop, loop);
      web =
          new WebPort(
              options, access, loops, channels, connections, board, figures, () -> stopWords++);
    }
    return web;
  }

  /** As {@link ListeningPort} has it. */
  private VirtualSocket connect(InetAddress from, Wire wire, Entry.Entrance entrance) {
    InetSocketAddress address = new InetSocketAddress(from, sockets.size() + 1);
    VirtualSocket connection = new VirtualSocket(address, allocator);
    sockets.add(connection);
    connection
        .pipeline()
        .addLast(
            new ChannelInitializer<VirtualSocket>() {
              @Override
              protected void initChannel(VirtualSocket socket) {
                connections.tryOpen(wire);
                Entry.begin(socket, loop, wire, connections, List.of(), entrance);
              }
            });
    eventLoop.register(connection);
    settle();
    return connection;
  }

  /** Does all that is to be done now. */
  void settle() {
    eventLoop.settle();
    FAULTS.requireNone();
  }

  /** Lets so much time pass that whatever lingers is over. */
  void waitLong() {
    eventLoop.pass(LONG_ENOUGH);
    FAULTS.requireNone();
  }

  /** Waits until a connection has ended that waits for other threads: in real time. */
  void awaitEnd(VirtualSocket socket) {
    long end = System.nanoTime() + OTHER_THREADS_NANOS;
    while (socket.isOpen() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1);
      waitLong();
    }
  }

  /** All clients end; nothing of them may be left. */
  @Override
  public void close() {
    sockets.forEach(socket -> socket.setRoomBytes(Integer.MAX_VALUE));
    sockets.forEach(VirtualSocket::sendEnd);
    settle();
    waitLong();
    sockets.forEach(
        socket ->
            Property.require(!socket.isOpen(), () -> socket.remoteAddress() + " is still open"));
    int open = connections.open();
    Property.require(open == 0, () -> open + " connections are counted as open");
    Property.require(loop.acknowledged().all().isEmpty(), () -> "a client is still looked after");
    Property.require(loop.sendBatch().isEmpty(), () -> "a line is still gathered");
    figuresEnd.run();
    eventLoop.forget();
    archive.close();
    channels.values().forEach(LineChannel::close);
    requireNoMemory();
  }

  private void requireNoMemory() {
    long bytes = allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    Property.require(bytes == 0, () -> bytes + " bytes of buffers are held");
    long pooled = pooledBytes() - pooledBytesBefore;
    Property.require(pooled == 0, () -> pooled + " bytes of pooled buffers are held");
  }
}
