package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Sink;
import io.linecast.server.access.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection, whatever it speaks: its socket, and what Netty says of that. Owned by its
 * loop.
 */
abstract class ClientHandler extends ChannelInboundHandlerAdapter implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  private final DuplexChannel socket;

  ClientHandler(DuplexChannel socket) {
    this.socket = socket;
  }

  final DuplexChannel socket() {
    return socket;
  }

  /** How it speaks. */
  abstract Wire wire();

  /** What is held for it beside the lines of its channel. */
  public abstract long heldBytes();

  /** A buffer with a text in ASCII. */
  final ByteBuf ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return socket().alloc().directBuffer(bytes.length).writeBytes(bytes);
  }

  /** The client sends nothing more. May be called twice. */
  abstract void onInputShutdown();

  /** The connection is broken. */
  abstract void onBroken();

  /** A copy that a socket can take. */
  final ByteBuf direct(ByteBuffer bytes) {
    return socket.alloc().directBuffer(bytes.remaining()).writeBytes(bytes);
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE
        || event == ChannelInputShutdownReadComplete.INSTANCE) {
      onInputShutdown();
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      onBroken();
    } else {
      LOG.error("{} is closed because of a fault", Peer.addressOf(socket), cause);
      close(CloseReason.FAULT);
    }
  }

  @Override
  public final String toString() {
    return String.valueOf(Peer.addressOf(socket));
  }
}
