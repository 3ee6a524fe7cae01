package io.linecast.server;

import io.linecast.core.Arrival;
import io.linecast.core.CloseReason;
import io.linecast.core.Gap;
import io.linecast.core.LineEncoding;
import io.linecast.core.Segment;
import io.linecast.protocol.GapReason;
import io.linecast.server.access.Peer;
import io.linecast.server.web.Events;
import io.linecast.server.web.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is a channel's lines, as they are or as events, without end or up to so
 * many. Owned by its loop.
 */
final class LineStream extends WebStream {

  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final LineListener listener;
  private final LineEncoding encoding;

  /** What is said beside lines; null if they are not events: then nothing is. */
  private final @Nullable Events events;

  /** Lines still to be heard, before it has as many as it wanted. */
  private long linesLeft = NO_LIMIT;

  private int quietTicks;

  /**
   * A stream that nothing has been written to.
   *
   * @param events where lines are events
   */
  LineStream(
      WebPort port,
      ServerLoop loop,
      Exchange exchange,
      LineListener listener,
      LineEncoding encoding,
      @Nullable Events events) {
    super(port, loop, exchange);
    this.listener = listener;
    this.encoding = encoding;
    this.events = events;
  }

  /** Says what comes before the first line. The connection is its own, and it has arrived. */
  void begin(Arrival arrival, long limit, ByteBuf head) {
    arrived(arrival.subscriber().orElseThrow());
    long before = arrival.next() - 1 - arrival.lineBefore();
    // If there were as many, the channel ends its part by itself.
    linesLeft = limit > before ? limit : NO_LIMIT;
    write(head);
    if (events != null) {
      write(ascii(events.beginning(arrival.lineBefore())));
      arrival.gap().ifPresent(gap -> write(ascii(events.gap(gap, arrival.lineBefore()))));
    }
  }

  /** A text's end does not say that there was more. */
  @Override
  void onRevoked() {
    if (events == null) {
      close(CloseReason.AUTH);
    } else {
      super.onRevoked();
    }
  }

  @Override
  Wire wire() {
    return events == null ? Wire.HTTP : Wire.EVENTS;
  }

  /** A text has no other end than the connection's: that it is none must be seen. */
  @Override
  void onCutOff() {
    if (events == null && socket().isOpen()) {
      socket().config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }

  /** What it sends behind its request concerns nobody. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  void onInputEnd() {
    subscriber().channel().finish(subscriber(), CloseReason.FINISHED);
  }

  @Override
  ByteBuf farewell(CloseReason reason) {
    return events == null ? Unpooled.EMPTY_BUFFER : ascii(Events.END);
  }

  @Override
  public int take(Segment segment, int offset, int length) {
    return linesLeft == NO_LIMIT
        ? super.take(segment, offset, length)
        : takeSome(segment, offset, length);
  }

  /** The engine takes the socket for full where there are lines behind the last that is wanted. */
  private int takeSome(Segment segment, int offset, int length) {
    if (linesLeft == 0) {
      return 0;
    }
    int taken = super.take(segment, offset, wanted(segment, offset, length));
    if (taken > 0) {
      onLines(encoding.countLines(segment.bytes(), offset, offset + taken));
    }
    return taken;
  }

  @Override
  public int give(ByteBuffer lines) {
    if (linesLeft == NO_LIMIT) {
      return super.give(lines);
    }
    int end = lines.position();
    int count = 0;
    for (; count < linesLeft && end < lines.limit(); count++) {
      end = encoding.endOfLine(lines, end, end);
    }
    int taken = count == 0 ? 0 : super.give(lines.duplicate().limit(end));
    if (count > 0) {
      onLines(count);
    }
    return taken;
  }

  private int wanted(Segment segment, int offset, int length) {
    int end = offset;
    for (long lines = linesLeft; lines > 0 && end < offset + length; ) {
      int start = end;
      end = encoding.endOfLine(segment.bytes(), start, start);
      lines -= encoding.countLines(segment.bytes(), start, end); // void numbers are none
    }
    return end - offset;
  }

  @Override
  public void owe(Segment segment, int offset, int length) {
    if (linesLeft > 0) {
      super.owe(segment, offset, length);
      if (linesLeft != NO_LIMIT) {
        onLines(1);
      }
    }
  }

  private void onLines(int lines) {
    linesLeft -= lines;
    if (linesLeft == 0) {
      loop().execute(this::endIfRead);
    }
  }

  /** It has as many lines as it wanted, unless its socket is still owed the last. */
  private void endIfRead() {
    if (!isBlocked()) {
      leave();
      end(farewell(CloseReason.FINISHED), CloseReason.FINISHED);
    }
  }

  @Override
  void onRoom() {
    if (linesLeft == 0) {
      endIfRead();
    } else {
      super.onRoom();
    }
  }

  @Override
  public void onGap(long first, long last, GapReason reason) {
    if (reason.isLoss()) {
      listener.logSkipped(Peer.addressOf(socket()), first, last);
    }
    if (events != null) {
      say(new Gap(first, last, reason));
    } else if (mustEndAt(reason, listener.options())) {
      close(CloseReason.SLOW);
    }
  }

  @Override
  ByteBuf bytesOf(Gap gap) {
    return ascii(Objects.requireNonNull(events).gap(gap, gap.last()));
  }

  /** A proxy gives up a stream in which nothing happens. */
  @Override
  public void tick() {
    quietTicks = hasSaid() ? 0 : quietTicks + 1;
    if (events != null && quietTicks >= Silence.TICKS && !isBlocked()) {
      write(ascii(Events.HEARTBEAT));
    }
  }
}
