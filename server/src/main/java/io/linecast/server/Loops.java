package io.linecast.server;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server's event loops. Immutable; the loops are their threads'. */
final class Loops {

  private final EventLoopGroup group;
  private final Map<EventLoop, ServerLoop> loops = new HashMap<>();

  /**
   * Starts as many as the options say.
   *
   * @param tls whether any port speaks TLS
   * @throws StartException if the window is too small for them
   */
  Loops(ServerOptions options, Transport transport, boolean tls) {
    int threads = options.eventLoopsOn(Runtime.getRuntime().availableProcessors());
    requireWindowFor(threads, options);
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("linecast-loop"), transport.newIoHandlerFactory());
    for (EventExecutor executor : group) {
      SingleThreadEventLoop eventLoop = (SingleThreadEventLoop) executor;
      SocketWriter plain = transport.newWriter();
      SocketWriter writer = tls ? new TlsWriter(plain) : plain;
      loops.put(eventLoop, new ServerLoop(eventLoop, writer, loops.size(), options));
    }
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

  EventLoopGroup group() {
    return group;
  }

  /** Which loop is an event loop's. */
  Map<EventLoop, ServerLoop> byEventLoop() {
    return loops;
  }

  List<ServerLoop> inOrder() {
    ServerLoop[] ordered = new ServerLoop[loops.size()];
    loops.values().forEach(loop -> ordered[loop.index()] = loop);
    return List.of(ordered);
  }

  /** Ends the threads, and gives back what they had to themselves. */
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.values().forEach(loop -> loop.writer().close());
  }
}
