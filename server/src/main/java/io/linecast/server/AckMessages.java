package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.protocol.Code;
import io.linecast.server.web.CloseCode;
import io.linecast.server.web.WebSocketFrames;
import io.linecast.server.web.WebSocketInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What the frames of an acknowledged client's WebSocket say beside its lines. Owned by the
 * connection's loop.
 *
 * @param allocator of what is answered
 * @param maxAnswersBytes how much may wait for the client to read before no PING is answered
 */
record AckMessages(AckConnection connection, ByteBufAllocator allocator, int maxAnswersBytes)
    implements WebSocketInput.Listener {

  @Override
  public void onHeard() {
    connection.heartbeat().onHeard();
  }

  @Override
  public void onPing(byte[] payload) {
    if (connection.outbox().waitingBytes() <= maxAnswersBytes) {
      ByteBuf pong = allocator.directBuffer();
      WebSocketFrames.putPong(pong, payload);
      connection.send(pong);
    }
  }

  /** The same as ending the sending side. */
  @Override
  public void onClose() {
    connection.input().onEnd();
  }

  @Override
  public void onViolation(CloseCode code, String what) {
    connection.bye(Code.BAD_VERB, what, CloseReason.PROTOCOL);
  }
}
