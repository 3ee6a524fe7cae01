package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a server sends them (RFC 6455, 5.2): whole messages, without a mask. Stateless. */
public final class WebSocketFrames {

  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int LAST = 0x80;
  static final int MASKED = 0x80;
  static final int LENGTH_BITS = 0x7F;

  /** In place of a length: two bytes with it follow, or eight. */
  static final int IN_TWO_BYTES = 126;

  static final int IN_EIGHT_BYTES = 127;

  static final int CONTROL_MAX_BYTES = 125;
  private static final int TWO_BYTES_MAX = 0xFFFF;
  private static final int REASON_MAX_BYTES = CONTROL_MAX_BYTES - Short.BYTES;

  /** A header at its longest. */
  static final int HEADER_MAX_BYTES = 2 + Long.BYTES;

  private WebSocketFrames() {}

  /** How long the header of a payload of so many bytes is. */
  static int headerBytes(int length) {
    if (length < IN_TWO_BYTES) {
      return 2;
    }
    return length <= TWO_BYTES_MAX ? 2 + Short.BYTES : HEADER_MAX_BYTES;
  }

  /** Writes a header. */
  static void putHeader(ByteBuffer to, int opcode, int length) {
    to.put((byte) (LAST | opcode));
    if (length < IN_TWO_BYTES) {
      to.put((byte) length);
    } else if (length <= TWO_BYTES_MAX) {
      to.put((byte) IN_TWO_BYTES).put((byte) (length >> 8)).put((byte) length);
    } else {
      to.put((byte) IN_EIGHT_BYTES);
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        to.put((byte) ((long) length >> shift));
      }
    }
  }

  /** Where the frame ends that begins at an index. */
  static int endOf(ByteBuffer bytes, int start) {
    int length = bytes.get(start + 1) & LENGTH_BITS;
    int behindLength = start + 2;
    if (length == IN_TWO_BYTES) {
      length = bigEndian(bytes, behindLength, Short.BYTES);
      behindLength += Short.BYTES;
    } else if (length == IN_EIGHT_BYTES) {
      length = bigEndian(bytes, behindLength, Long.BYTES);
      behindLength += Long.BYTES;
    }
    return behindLength + length;
  }

  private static int bigEndian(ByteBuffer bytes, int at, int size) {
    int value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << Byte.SIZE) | (bytes.get(at + i) & 0xFF);
    }
    return value;
  }

  /** Writes each of some lines as a text message, without its line feed. */
  public static void putLines(ByteBuf lines, ByteBuf to) {
    while (lines.isReadable()) {
      int length = lines.bytesBefore((byte) '\n');
      putHeader(to, TEXT, length);
      to.writeBytes(lines, length);
      lines.skipBytes(1);
    }
  }

  /** Writes a {@code ping}, whose payload is a number. */
  public static void putPing(ByteBuf to, long number) {
    putHeader(to, PING, Long.BYTES);
    to.writeLong(number);
  }

  /** Writes the answer to a {@code ping}. */
  public static void putPong(ByteBuf to, byte[] payload) {
    putHeader(to, PONG, payload.length);
    to.writeBytes(payload);
  }

  /** Writes the last frame. */
  public static void putClose(ByteBuf to, CloseCode code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(REASON_MAX_BYTES, text.length);
    putHeader(to, CLOSE, Short.BYTES + length);
    to.writeShort(code.number()).writeBytes(text, 0, length);
  }

  private static void putHeader(ByteBuf to, int opcode, int length) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_MAX_BYTES);
    putHeader(header, opcode, length);
    to.writeBytes(header.flip());
  }
}
