package io.linecast.server;

import io.linecast.core.Loop;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** One event loop, with what its thread needs to itself. */
final class ServerLoop implements Loop {

  private final SingleThreadEventLoop eventLoop;
  private final SocketWriter writer;
  private final int index;
  private final Roster<AckConnection> acknowledged;
  private final SendBatch sendBatch;
  private final SentText sentText = new SentText();
  private final Set<Entry> entering = new HashSet<>();
  private final HeldGrowth growth = new HeldGrowth();
  private final TimeLimit<PlainConnection> hellos;

  ServerLoop(
      SingleThreadEventLoop eventLoop, SocketWriter writer, int index, ServerOptions options) {
    this.eventLoop = eventLoop;
    this.writer = writer;
    this.index = index;
    this.acknowledged =
        new Roster<>(Heartbeat.slices(options.acknowledged().heartbeat()), AckConnection::close);
    this.sendBatch = new SendBatch(options.largestRunBytes());
    this.hellos =
        new TimeLimit<>(
            eventLoop,
            options.limits().helloTime(),
            late -> ClientFault.contain(late, late::onHelloLate));
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  SocketWriter writer() {
    return writer;
  }

  /** Its place among the server's loops, which is that of its sweep among a channel's. */
  int index() {
    return index;
  }

  ByteBufAllocator allocator() {
    return PooledByteBufAllocator.DEFAULT;
  }

  /** Its acknowledged clients. On this loop only. */
  Roster<AckConnection> acknowledged() {
    return acknowledged;
  }

  /** The connections that are not in yet, and have to wait for that. On this loop only. */
  Set<Entry> entering() {
    return entering;
  }

  /** Where whichever client is read from gathers the lines it sends. On this loop only. */
  SendBatch sendBatch() {
    return sendBatch;
  }

  /** Where whichever client is answered has its answers gathered. On this loop only. */
  SentText sentText() {
    return sentText;
  }

  /** What has come to be held for its clients. On this loop only. */
  HeldGrowth growth() {
    return growth;
  }

  /** Those of whom a hello is awaited. On this loop only. */
  TimeLimit<PlainConnection> hellos() {
    return hellos;
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  /** As above, for what need not be done any more once the server has stopped: then it is not. */
  void executeWhileServed(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException e) {
      if (!eventLoop.isShuttingDown()) {
        throw e;
      }
    }
  }

  /**
   * Netty runs the tasks that tasks add before it looks at the sockets again, 64 at least; but what
   * is added at the end of an iteration stays for the next one.
   */
  @Override
  public void executeAfterIo(Runnable task) {
    eventLoop.executeAfterEventLoopIteration(() -> eventLoop.execute(task));
  }
}
