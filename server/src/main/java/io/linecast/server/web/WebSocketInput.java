package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's frames (RFC 6455) into lines: each message, and a line feed if it has none at
 * its end. Owned by the connection's loop.
 *
 * <p>That is done in the buffer that was read, where a message has room for its line feed because
 * its header goes; so all the messages of a read go on together, without a copy, and one that is
 * never finished takes no more memory than a line that is not.
 */
public final class WebSocketInput extends ChannelInboundHandlerAdapter {

  /** What a client's frames say beside lines. Called on the connection's loop, in their order. */
  public interface Listener {

    /** Something has come, whatever it is. */
    void onHeard();

    /** The client asks for an answer with the same payload. */
    void onPing(byte[] payload);

    /** The client has said good-bye, and says no more. */
    void onClose();

    /** What came is no WebSocket; whatever comes now is thrown away. */
    void onViolation(CloseCode code, String what);
  }

  private static final byte LF = '\n';

  private final Listener listener;
  private final FrameHeader header = new FrameHeader();
  private final Utf8 utf8 = new Utf8();
  private final byte[] control = new byte[WebSocketFrames.CONTROL_MAX_BYTES];

  /** Of the frame under way. */
  private long payloadLeft;

  private int controlBytes;
  private int maskAt;

  /** A message has begun whose last frame has not ended. */
  private boolean inMessage;

  private boolean isText;
  private byte lastByte;

  /** Nothing counts any more. */
  private boolean ended;

  /** To be said behind the lines that came before it; null: none. */
  private @Nullable CloseCode violation;

  private String violationText = "";

  /** The last of a read that is still to be answered: the others need not be (5.5.3). */
  private byte @Nullable [] ping;

  /** No frame has come. */
  public WebSocketInput(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    listener.onHeard();
    ByteBuf bytes = (ByteBuf) message;
    ByteBuf lines = bytes.duplicate().writerIndex(bytes.readerIndex());
    try {
      while (bytes.isReadable() && !ended) {
        if (header.isComplete()) {
          onPayload(bytes, lines);
        } else if (header.read(bytes)) {
          onHeader();
        }
        if (header.isComplete() && payloadLeft == 0 && !ended) {
          onFrameEnd(ctx, bytes, lines);
        }
      }
      handOn(ctx, lines);
      answerPing();
    } finally {
      bytes.release();
    }
    if (violation != null) {
      listener.onViolation(violation, violationText);
      violation = null;
    }
  }

  private static void handOn(ChannelHandlerContext ctx, ByteBuf lines) {
    if (lines.isReadable()) {
      ctx.fireChannelRead(lines.readRetainedSlice(lines.readableBytes()));
    }
  }

  private void onHeader() {
    payloadLeft = header.payloadBytes();
    controlBytes = 0;
    maskAt = 0;
    String wrong = header.violation(inMessage);
    if (!wrong.isEmpty()) {
      violate(CloseCode.PROTOCOL_ERROR, wrong);
    } else if (header.beginsMessage()) {
      inMessage = true;
      isText = header.opcode() == WebSocketFrames.TEXT;
      lastByte = 0;
      utf8.restart();
    }
  }

  private void onPayload(ByteBuf bytes, ByteBuf lines) {
    int count = (int) Math.min(payloadLeft, bytes.readableBytes());
    payloadLeft -= count;
    if (header.isControl()) {
      bytes.readBytes(control, controlBytes, count);
      header.unmask(ByteBuffer.wrap(control, controlBytes, count), maskAt);
      controlBytes += count;
    } else if (count > 0) {
      int at = lines.writerIndex();
      lines.writeBytes(bytes, count);
      ByteBuffer payload = lines.nioBuffer(at, count);
      header.unmask(payload, maskAt);
      if (isText && !utf8.goesOn(payload, payload.position(), payload.limit())) {
        violate(CloseCode.NOT_TEXT, "a text is not UTF-8");
      }
      lastByte = lines.getByte(at + count - 1);
    }
    maskAt = (maskAt + count) % FrameHeader.MASK_BYTES;
  }

  private void onFrameEnd(ChannelHandlerContext ctx, ByteBuf bytes, ByteBuf lines) {
    header.restart();
    if (header.isControl()) {
      handOn(ctx, lines);
      onControl();
    } else if (header.isLast()) {
      inMessage = false;
      if (isText && !utf8.isWhole()) {
        violate(CloseCode.NOT_TEXT, "a text ends within a character");
      } else if (lastByte != LF) {
        endLine(ctx, bytes, lines);
      }
    }
  }

  /** There is room for a line feed unless the header came with an earlier read. */
  private static void endLine(ChannelHandlerContext ctx, ByteBuf bytes, ByteBuf lines) {
    if (lines.writerIndex() < bytes.readerIndex()) {
      lines.writeByte(LF);
    } else {
      handOn(ctx, lines);
      ctx.fireChannelRead(ctx.alloc().directBuffer(1).writeByte(LF));
    }
  }

  private void onControl() {
    switch (header.opcode()) {
      case WebSocketFrames.PING -> ping = Arrays.copyOf(control, controlBytes);
      case WebSocketFrames.CLOSE -> {
        ended = true;
        answerPing();
        listener.onClose();
      }
      default -> {} // a PONG: the client is there
    }
  }

  private void answerPing() {
    if (ping != null) {
      byte[] payload = ping;
      ping = null;
      listener.onPing(payload);
    }
  }

  private void violate(CloseCode code, String what) {
    ended = true;
    violation = code;
    violationText = what;
  }
}
