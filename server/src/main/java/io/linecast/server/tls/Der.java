package io.linecast.server.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * As much of DER (X.690) as a certificate and the wrappings of private keys need. What brings all
 * of it is eight times as large as this server.
 */
final class Der {

  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_ID = 0x06;
  static final int SEQUENCE = 0x30;

  /** The n-th part of what has parts under numbers. */
  static final int NUMBERED = 0xa0;

  /** The same, where it has no parts itself. */
  static final int NUMBERED_SIMPLE = 0x80;

  private static final int BOOLEAN = 0x01;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SET = 0x31;
  private static final int LONG_LENGTH = 0x80;
  private static final int BYTE = 0xff;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < LONG_LENGTH) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int zeros = digits[0] == 0 ? 1 : 0;
      out.write(LONG_LENGTH + digits.length - zeros);
      out.write(digits, zeros, digits.length - zeros);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) BYTE});
  }

  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, new byte[1], bytes);
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time before 2050. */
  static byte[] time(Instant time) {
    return value(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier such as 1.2.840.10045.4.3.2. */
  static byte[] objectId(String dotted) {
    String[] numbers = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      long number = Long.parseLong(numbers[i]);
      int shift = 7 * ((Long.SIZE - 1 - Long.numberOfLeadingZeros(number | 1)) / 7);
      for (; shift > 0; shift -= 7) {
        out.write((int) (((number >> shift) & 0x7f) | 0x80));
      }
      out.write((int) (number & 0x7f));
    }
    return value(OBJECT_ID, out.toByteArray());
  }

  /**
   * Reads the head of a value.
   *
   * @param in at its tag; at its content afterwards
   * @return its tag
   * @throws IllegalArgumentException if there is no whole value
   */
  static int enter(ByteBuffer in) {
    require(in.remaining() >= 2);
    int tag = in.get() & BYTE;
    int length = in.get() & BYTE;
    if (length >= LONG_LENGTH) {
      int digits = length - LONG_LENGTH;
      require(digits >= 1 && digits <= 3 && in.remaining() >= digits);
      length = 0;
      for (int i = 0; i < digits; i++) {
        length = (length << Byte.SIZE) | (in.get() & BYTE);
      }
    }
    require(length <= in.remaining());
    in.limit(in.position() + length);
    return tag;
  }

  /** The next value as it is, with its tag. */
  static byte[] next(ByteBuffer in) {
    ByteBuffer inside = in.duplicate();
    enter(inside);
    byte[] whole = new byte[inside.limit() - in.position()];
    in.get(whole);
    return whole;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not DER");
    }
  }
}
