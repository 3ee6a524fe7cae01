package io.linecast.server.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes down what happens behind TLS. */
final class Events extends ChannelInboundHandlerAdapter {

  private final List<String> events;

  Events(List<String> events) {
    this.events = events;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    events.add(bytes.toString(StandardCharsets.US_ASCII));
    bytes.release();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    events.add(event == ChannelInputShutdownEvent.INSTANCE ? "end" : event.toString());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    events.add("broken");
  }
}
