package io.linecast.server.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Frames as a client sends them, masked; a byte a character. */
final class ClientFrames {

  private static final byte[] MASK = {0x11, (byte) 0x82, 0x33, (byte) 0xF4};

  private final ByteBuf bytes = Unpooled.directBuffer();

  ClientFrames text(String payload) {
    return add(0x81, payload);
  }

  /** A frame whose first byte is given. */
  ClientFrames add(int first, String payload) {
    bytes.writeByte(first);
    int length = payload.length();
    if (length < 126) {
      bytes.writeByte(0x80 | length);
    } else if (length < 65_536) {
      bytes.writeByte(0x80 | 126).writeShort(length);
    } else {
      bytes.writeByte(0x80 | 127).writeLong(length);
    }
    bytes.writeBytes(MASK);
    byte[] plain = payload.getBytes(ISO_8859_1);
    for (int i = 0; i < plain.length; i++) {
      bytes.writeByte(plain[i] ^ MASK[i % MASK.length]);
    }
    return this;
  }

  ClientFrames raw(int... more) {
    for (int each : more) {
      bytes.writeByte(each);
    }
    return this;
  }

  /** All of it, for the caller to release. */
  ByteBuf bytes() {
    return bytes;
  }
}
