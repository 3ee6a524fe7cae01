package io.linecast.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;

/** PROXY headers of version 2, byte for byte. */
final class ProxyHeaders {

  static final int LOCAL = 0x20;
  static final int PROXY = 0x21;
  static final int UNSPECIFIED = 0x00;
  static final int TCP4 = 0x11;
  static final int TCP6 = 0x21;

  private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1);

  private ProxyHeaders() {}

  /** A header without addresses. */
  static byte[] v2(int command, int family, byte[] behind) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(SIGNATURE);
    header.write(command);
    header.write(family);
    header.write(behind.length >> 8);
    header.write(behind.length);
    header.writeBytes(behind);
    return header.toByteArray();
  }

  /** A header of a client that came from an address. */
  static byte[] v2(int family, String client, int port, byte[] behind) {
    byte[] address = InetAddress.ofLiteral(client).getAddress();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(address);
    body.writeBytes(address); // where it came to does not matter
    for (int end = 0; end < 2; end++) {
      body.write(port >> 8);
      body.write(port);
    }
    body.writeBytes(behind);
    return v2(PROXY, family, body.toByteArray());
  }

  /** One more thing that a header says. */
  static byte[] further(int type, int bytes) {
    byte[] further = new byte[3 + bytes];
    further[0] = (byte) type;
    further[1] = (byte) (bytes >> 8);
    further[2] = (byte) bytes;
    return further;
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }
}
