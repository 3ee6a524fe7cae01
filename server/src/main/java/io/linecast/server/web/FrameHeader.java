package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of one of a client's frames after the other, which may come bit by bit. Owned by the
 * connection's loop.
 */
final class FrameHeader {

  static final int MASK_BYTES = 4;

  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int FIRST_CONTROL = 0x8;
  private static final int SHORTEST = 2;

  private final byte[] bytes = new byte[WebSocketFrames.HEADER_MAX_BYTES + MASK_BYTES];
  private final ByteBuffer mask = ByteBuffer.allocate(MASK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int length;
  private boolean complete;

  /** A new one begins; what is known of the one before can still be asked. */
  void restart() {
    length = 0;
    complete = false;
  }

  boolean isComplete() {
    return complete;
  }

  /** Reads on; returns whether that completes it. */
  boolean read(ByteBuf from) {
    while (from.isReadable() && !complete) {
      bytes[length++] = from.readByte();
      complete = length >= SHORTEST && length == totalBytes();
    }
    if (complete && isMasked()) {
      mask.put(0, bytes, length - MASK_BYTES, MASK_BYTES);
    }
    return complete;
  }

  private int totalBytes() {
    int more =
        switch (bytes[1] & WebSocketFrames.LENGTH_BITS) {
          case WebSocketFrames.IN_TWO_BYTES -> Short.BYTES;
          case WebSocketFrames.IN_EIGHT_BYTES -> Long.BYTES;
          default -> 0;
        };
    return SHORTEST + more + (isMasked() ? MASK_BYTES : 0);
  }

  private boolean isMasked() {
    return (bytes[1] & WebSocketFrames.MASKED) != 0;
  }

  boolean isLast() {
    return (bytes[0] & WebSocketFrames.LAST) != 0;
  }

  int opcode() {
    return bytes[0] & OPCODE;
  }

  boolean isControl() {
    return opcode() >= FIRST_CONTROL;
  }

  /** Whether it is the first frame of a message. */
  boolean beginsMessage() {
    return opcode() == WebSocketFrames.TEXT || opcode() == WebSocketFrames.BINARY;
  }

  /** How long its payload is; negative if it is longer than there can be. */
  long payloadBytes() {
    int inHeader = bytes[1] & WebSocketFrames.LENGTH_BITS;
    ByteBuffer all = ByteBuffer.wrap(bytes);
    return switch (inHeader) {
      case WebSocketFrames.IN_TWO_BYTES -> all.getShort(SHORTEST) & 0xFFFF;
      case WebSocketFrames.IN_EIGHT_BYTES -> all.getLong(SHORTEST);
      default -> inHeader;
    };
  }

  /**
   * What is wrong with it; empty if nothing.
   *
   * @param inMessage whether a message has begun and not ended
   */
  String violation(boolean inMessage) {
    if ((bytes[0] & RESERVED) != 0) {
      return "reserved bits are set";
    }
    if (!isMasked()) {
      return "a client masks its frames";
    }
    if (payloadBytes() < 0) {
      return "a length is negative";
    }
    return isControl() ? violationOfControl() : violationOfData(inMessage);
  }

  private String violationOfControl() {
    if (opcode() > WebSocketFrames.PONG) {
      return "there is no such opcode";
    }
    boolean small = payloadBytes() <= WebSocketFrames.CONTROL_MAX_BYTES;
    return isLast() && small ? "" : "a control frame is short and whole";
  }

  private String violationOfData(boolean inMessage) {
    if (opcode() > WebSocketFrames.BINARY) {
      return "there is no such opcode";
    }
    boolean goesOn = opcode() == WebSocketFrames.CONTINUATION;
    if (goesOn != inMessage) {
      return goesOn ? "no message has begun" : "a message has not ended";
    }
    return "";
  }

  /**
   * Takes the mask off a part of the payload.
   *
   * @param at where in the mask the part begins
   */
  void unmask(ByteBuffer part, int at) {
    int rotated = Integer.rotateRight(mask.getInt(0), at * Byte.SIZE);
    long twice = (rotated & 0xFFFF_FFFFL) | ((long) rotated << Integer.SIZE);
    part.order(ByteOrder.LITTLE_ENDIAN);
    int i = part.position();
    for (; i <= part.limit() - Long.BYTES; i += Long.BYTES) {
      part.putLong(i, part.getLong(i) ^ twice);
    }
    for (int shift = 0; i < part.limit(); i++, shift += Byte.SIZE) {
      part.put(i, (byte) (part.get(i) ^ (twice >> shift)));
    }
  }
}
