package io.linecast.server.web;

import io.linecast.server.tls.TlsEnds;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What stands between a socket and whoever speaks HTTP on it. Owned by the connection's loop. */
final class HttpCodec {

  private final DuplexChannel socket;
  private final LateWriter late;

  /** Given to {@link #late}, and not yet sent as a whole. */
  private int lateBytes;

  private final RequestDecoder decoder = WebLimits.newDecoder();

  HttpCodec(DuplexChannel socket, LateWriter late) {
    this.socket = socket;
    this.late = late;
  }

  /** Has the connection read requests, but none while it serves one. */
  void install(ChannelHandler connection, BooleanSupplier serving) {
    decoder.waitWhile(serving);
    socket.pipeline().addLast(decoder, new HttpResponseEncoder(), connection);
  }

  /** What waits until the socket has room, and what has come and is not read yet. */
  long heldBytes() {
    ChannelOutboundBuffer waiting = socket.unsafe().outboundBuffer();
    long unsent = lateBytes + (waiting == null ? 0 : waiting.totalPendingWriteBytes());
    return unsent + decoder.heldBytes();
  }

  /** Whether something has come of a request that has not come whole. */
  boolean isMidway() {
    return decoder.isMidway();
  }

  /** Whether more has come, that is not read yet. */
  boolean hasMore() {
    return decoder.hasMore();
  }

  /** Reads the next request in what has come. Not from within a read. */
  void readOnInWhatHasCome() {
    ChannelHandlerContext ctx = socket.pipeline().context(decoder);
    if (ctx != null) {
      decoder.readOn(ctx);
    }
  }

  /** Tells a client that waits with its body to send it. */
  void sayGoOn() {
    socket.writeAndFlush(Exchange.goOn());
  }

  /** Sends an answer; {@code onWritten} is told later whether that could be done. */
  void write(FullHttpResponse response, Consumer<Boolean> onWritten) {
    if (socket.isInputShutdown()) {
      ByteBuf bytes = bytesOf(response);
      int given = bytes.readableBytes();
      lateBytes += given;
      late.write(
          bytes,
          written -> {
            lateBytes -= given;
            onWritten.accept(written);
          });
      return;
    }
    socket
        .writeAndFlush(response)
        .addListener(
            written -> socket.eventLoop().execute(() -> onWritten.accept(written.isSuccess())));
  }

  private ByteBuf bytesOf(FullHttpResponse response) {
    byte[] head = head(response.status(), response.headers());
    ByteBuf bytes = socket.alloc().directBuffer(head.length + response.content().readableBytes());
    bytes.writeBytes(head).writeBytes(response.content());
    response.release();
    return bytes;
  }

  /** Everything of a response that comes before its body. */
  static byte[] head(HttpResponseStatus status, HttpHeaders headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    headers.forEach(
        header ->
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Has others take the connection's place, who write to the socket themselves. They read from the
   * beginning: whoever stops that with what comes now must not be read on by us.
   *
   * @param beginning what is written before anything is read
   */
  void giveWay(ChannelHandler connection, Runnable beginning, ChannelHandler... takers) {
    ChannelPipeline pipeline = socket.pipeline();
    pipeline.addLast(takers);
    pipeline.remove(connection);
    pipeline.remove(HttpResponseEncoder.class);
    readOn();
    beginning.run();
    pipeline.remove(decoder); // it hands on what it has read
    if (TlsEnds.isInputEnded(socket)) {
      pipeline.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  /** Reads what the client sends, unless it has ended that: Netty's epoll would fail. */
  void readOn() {
    if (!socket.isInputShutdown()) {
      socket.config().setAutoRead(true);
    }
  }
}
