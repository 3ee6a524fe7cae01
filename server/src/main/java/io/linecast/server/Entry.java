package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.server.access.Peer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on its way in: it passes one step after the other, and then gets the handlers of
 * whoever speaks with it. Owned by its loop.
 *
 * <p>Where a step has to wait for something that the client must send first, the entry stays in the
 * pipeline, behind the step's own handlers, and sees to it that the connection is accounted for if
 * it ends before it is in. Where none has to, nothing is left of it.
 */
final class Entry extends ChannelInboundHandlerAdapter {

  /** Something that is done with a connection before it is let in. Shared by all connections. */
  @FunctionalInterface
  interface Step {
    /** Has the entry go on ({@link Entry#proceed}) now or later on its loop, or refuses it. */
    void pass(Entry entry);
  }

  /** What becomes of a connection that is in. */
  @FunctionalInterface
  interface Entrance {
    /** Gives it its handlers; they are told that it is active. On its loop. */
    void enter(DuplexChannel socket, ServerLoop loop);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Entry.class);

  private final DuplexChannel socket;
  private final ServerLoop loop;
  private final Wire wire;
  private final Connections connections;
  private final Iterator<Step> steps;
  private final Entrance entrance;
  private boolean over;
  private boolean refused;

  private Entry(
      DuplexChannel socket,
      ServerLoop loop,
      Wire wire,
      Connections connections,
      List<Step> steps,
      Entrance entrance) {
    this.socket = socket;
    this.loop = loop;
    this.wire = wire;
    this.connections = connections;
    this.steps = steps.iterator();
    this.entrance = entrance;
  }

  /**
   * Lets a connection in that has been counted. While it is initialized.
   *
   * @param wire as what it was counted
   */
  static void begin(
      DuplexChannel socket,
      ServerLoop loop,
      Wire wire,
      Connections connections,
      List<Step> steps,
      Entrance entrance) {
    Entry entry = new Entry(socket, loop, wire, connections, steps, entrance);
    entry.proceed();
    if (!entry.over) {
      loop.entering().add(entry);
      socket.pipeline().addLast(entry);
    }
  }

  DuplexChannel socket() {
    return socket;
  }

  ServerLoop loop() {
    return loop;
  }

  Wire wire() {
    return wire;
  }

  Connections connections() {
    return connections;
  }

  /** The step at hand is done. */
  void proceed() {
    if (over) {
      return;
    }
    if (steps.hasNext()) {
      steps.next().pass(this);
      return;
    }
    end();
    entrance.enter(socket, loop);
    ChannelHandlerContext self = socket.pipeline().context(this);
    if (self != null) {
      self.fireChannelActive();
      socket.pipeline().remove(this);
    }
  }

  /** It is not let in because it has reached a limit. */
  void refuse(CloseReason reason, Limit limit) {
    connections.limited().reached(limit, Peer.addressOf(socket));
    refuse(reason, limit.flag());
  }

  /** It is not let in: closed and accounted for, and counted among the refusals under a word. */
  void refuse(CloseReason reason, String word) {
    if (!over) {
      end();
      refused = true;
      connections.refusals().add(word);
      connections.onAnswered(wire, reason); // who was never in is no news
      socket.close();
    }
  }

  private void end() {
    over = true;
    loop.entering().remove(this);
  }

  /** The server stops: who is not in by now has nothing to wait for. */
  void shutDown() {
    if (!over) {
      end();
      refused = true;
      connections.onClosed(wire, Peer.addressOf(socket), CloseReason.SHUTTING_DOWN);
      socket.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!over) {
      end();
      connections.onClosed(wire, Peer.addressOf(socket), CloseReason.GONE);
    } else if (!refused) {
      ctx.fireChannelInactive();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (over) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    if (!(cause instanceof IOException)) {
      LOG.error("{} is closed because of a fault", Peer.addressOf(socket), cause);
    }
    socket.close();
  }
}
