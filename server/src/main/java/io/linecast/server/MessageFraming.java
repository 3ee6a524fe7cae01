package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.LineEncoding;
import io.linecast.server.web.CloseCode;
import io.linecast.server.web.FrameEncoding;
import io.linecast.server.web.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * As messages, on a WebSocket. Immutable; safe from any thread.
 *
 * @param allocator of what goes out
 */
record MessageFraming(ByteBufAllocator allocator) implements Framing {

  /** The WebSocket's subprotocol. */
  static final String SUBPROTOCOL = "linecast.v1";

  @Override
  public Wire wire() {
    return Wire.WEBSOCKET;
  }

  @Override
  public LineEncoding encoding() {
    return FrameEncoding.NUMBERED;
  }

  @Override
  public ByteBuf frame(ByteBuf lines) {
    try {
      ByteBuf frames = allocator.directBuffer(2 * lines.readableBytes());
      WebSocketFrames.putLines(lines, frames);
      return frames;
    } finally {
      lines.release();
    }
  }

  @Override
  public ByteBuf end(CloseReason reason) {
    ByteBuf close = allocator.directBuffer();
    WebSocketFrames.putClose(close, codeOf(reason), reason.text());
    return close;
  }

  /** As a WebSocket's last frame says it. */
  static CloseCode codeOf(CloseReason reason) {
    return switch (reason) {
      case FINISHED, GONE -> CloseCode.NORMAL;
      case SHUTTING_DOWN -> CloseCode.GOING_AWAY;
      case PROTOCOL -> CloseCode.PROTOCOL_ERROR;
      case TOO_LONG -> CloseCode.TOO_BIG;
      case SLOW, SUPERSEDED, OVERLOAD, IDLE, FULL, CROWDED, HANDSHAKE, AUTH, MEMORY ->
          CloseCode.POLICY;
      case FAULT, JOURNAL -> CloseCode.FAULT;
    };
  }
}
