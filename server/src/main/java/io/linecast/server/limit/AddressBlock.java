package io.linecast.server.limit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Addresses that count as one, as a number: an IPv4 address is one of its own, an IPv6 address is
 * one with all of its /64, which is what one customer is given.
 */
public final class AddressBlock {

  /** Where no IPv6 address is: 0000:0001::/32, of a part of the space that is nobody's. */
  private static final long IPV4 = 1L << 32;

  private AddressBlock() {}

  /** The number of the block that an address is in. */
  public static long of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? IPV4 | Integer.toUnsignedLong(bytes.getInt())
        : bytes.getLong();
  }
}
