package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.core.LineChannel;
import io.linecast.core.Sweep;
import io.linecast.protocol.GapReason;
import io.linecast.server.access.Peer;
import io.linecast.server.access.PlainRights;
import io.linecast.server.web.CloseCode;
import io.linecast.server.web.Exchange;
import io.linecast.server.web.WebSocketFrames;
import io.linecast.server.web.WebSocketInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;

/**
 * A WebSocket without a subprotocol: each message is a line, in both directions. Owned by its loop.
 */
final class MessageStream extends WebStream implements WebSocketInput.Listener {

  private static final int PINGS_MAX = 2;

  private final LineListener listener;
  private final LineInput input;

  /** Since the last tick; the request counts. */
  private boolean heard = true;

  private int silentTicks;
  private int quietTicks;
  private int pings;
  private long lastPing;

  /** A WebSocket that nothing has been written to. */
  MessageStream(WebPort port, ServerLoop loop, Exchange exchange, LineListener listener) {
    super(port, loop, exchange);
    this.listener = listener;
    this.input =
        new LineInput(
            exchange.socket(),
            loop,
            listener.channel().sweeps().get(loop.index()),
            listener.options().maxLineBytes());
  }

  /** Says what comes before the first line. The connection is its own. */
  void begin(Arrival arrival, PlainRights rights, ByteBuf head) {
    LineChannel channel = listener.channel();
    Sweep sweep = channel.sweeps().get(loop().index());
    arrived(arrival.subscriber().orElseGet(() -> channel.joinDeaf(sweep, this)));
    input.speak(new Messages(PlainLines.of(rights, listener, loop(), input, subscriber())));
    write(head);
  }

  @Override
  void onRevoked() {
    input.ignore();
    super.onRevoked();
  }

  @Override
  Wire wire() {
    return Wire.WEBSOCKET;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    input.onBytes((ByteBuf) message);
  }

  @Override
  public void onPing(byte[] payload) {
    if (mayAnswer()) {
      ByteBuf pong = socket().alloc().directBuffer();
      WebSocketFrames.putPong(pong, payload);
      write(pong);
    }
  }

  @Override
  public void onClose() {
    input.onEnd();
  }

  @Override
  public void onViolation(CloseCode code, String what) {
    input.ignore();
    end(closeFrame(code, what), CloseReason.PROTOCOL);
  }

  @Override
  void onInputEnd() {
    input.onEnd();
  }

  @Override
  void onReset() {
    input.onReset();
  }

  @Override
  boolean isReadOn() {
    return input.isReadOn();
  }

  @Override
  public long heldBytes() {
    return super.heldBytes() + input.heldBytes();
  }

  @Override
  void onClosed() {
    input.ignore();
  }

  @Override
  ByteBuf farewell(CloseReason reason) {
    return closeFrame(MessageFraming.codeOf(reason), reason.text());
  }

  private ByteBuf closeFrame(CloseCode code, String text) {
    ByteBuf frame = socket().alloc().directBuffer();
    WebSocketFrames.putClose(frame, code, text);
    return frame;
  }

  /** Whoever cannot be told of a gap skips because the server was told to let it. */
  @Override
  ByteBuf bytesOf(Gap gap) {
    return Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    listener.logSkipped(Peer.addressOf(socket()), first, last);
    if (mustEndAt(reason, listener.options())) {
      close(CloseReason.SLOW);
    }
  }

  @Override
  public void shutDown() {
    input.ignore();
    super.shutDown();
  }

  /** Asks after some silence, on either side; whoever leaves two without an answer is given up. */
  @Override
  public void tick() {
    boolean mayBeHeard = !input.isPaused() && !hasInputEnded();
    silentTicks = heard || !mayBeHeard ? 0 : silentTicks + 1;
    quietTicks = hasSaid() ? 0 : quietTicks + 1;
    pings = silentTicks == 0 ? 0 : pings;
    heard = false;
    boolean silent = silentTicks > 0 && silentTicks % Silence.TICKS == 0;
    if (silent && pings == PINGS_MAX) {
      input.ignore();
      end(closeFrame(CloseCode.POLICY, "PINGs were not answered"), CloseReason.IDLE);
    } else if ((silent || quietTicks >= Silence.TICKS) && !isBlocked()) {
      pings += silent ? 1 : 0;
      ping();
    }
  }

  private void ping() {
    ByteBuf frame = socket().alloc().directBuffer();
    WebSocketFrames.putPing(frame, ++lastPing);
    write(frame);
  }

  @Override
  public void onHeard() {
    heard = true;
  }
}
