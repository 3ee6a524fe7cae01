package io.linecast.server;

import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.protocol.GapReason;
import io.linecast.server.web.Events;
import io.linecast.server.web.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is the server's status, once a second, without end. Owned by its loop, but
 * for {@link #onStatus}.
 */
final class StatusStream extends WebStream implements StatusBoard.Watcher {

  private final StatusBoard board;

  /** A stream that nothing has been written to. */
  StatusStream(WebPort port, ServerLoop loop, Exchange exchange, StatusBoard board) {
    super(port, loop, exchange);
    this.board = board;
  }

  /** Says what comes before the first status, and how it is now. The connection is its own. */
  void begin(ByteBuf head) {
    enter();
    write(head);
    write(ascii(Events.RECONNECT));
    board.ask().thenAccept(this::onStatus);
    board.add(this);
  }

  @Override
  Wire wire() {
    return Wire.EVENTS;
  }

  @Override
  public void onStatus(byte[] json) {
    loop().execute(() -> show(json));
  }

  /** Who does not read is not told: it will want the next one. */
  private void show(byte[] json) {
    if (!isBlocked()) {
      ByteBuf event = socket().alloc().directBuffer(json.length + Events.AROUND_DATA_MAX_BYTES);
      Events.putData(event, json);
      write(event);
    }
  }

  /** What it sends behind its request concerns nobody. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  void onInputEnd() {
    finish(CloseReason.FINISHED);
  }

  @Override
  void onClosed() {
    board.remove(this);
  }

  /** Says once more how it is: that the server stops. */
  @Override
  public void shutDown() {
    board.remove(this);
    board.ask().whenComplete((json, fault) -> loop().execute(() -> showLast(json)));
  }

  private void showLast(byte @Nullable [] json) {
    if (json != null) {
      show(json);
    }
    finish(CloseReason.SHUTTING_DOWN);
  }

  @Override
  ByteBuf farewell(CloseReason reason) {
    return ascii(Events.END);
  }

  /** It hears no lines. */
  @Override
  public void onGap(long first, long last, GapReason reason) {}

  @Override
  ByteBuf bytesOf(Gap gap) {
    return Unpooled.EMPTY_BUFFER;
  }
}
