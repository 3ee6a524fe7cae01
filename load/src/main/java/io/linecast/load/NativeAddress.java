package io.linecast.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An IP address and port as the kernel wants it: a {@code sockaddr_in} or {@code sockaddr_in6}. */
record NativeAddress(MemorySegment segment, boolean isIpv6) {
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int PORT_OFFSET = 2;
  private static final int IPV4_SIZE_BYTES = 16;
  private static final int IPV4_ADDRESS_OFFSET = 4;
  private static final int IPV6_SIZE_BYTES = 28;
  private static final int IPV6_ADDRESS_OFFSET = 8;

  static NativeAddress of(InetSocketAddress address) {
    return of(address.getAddress(), address.getPort());
  }

  static NativeAddress of(InetAddress host, int port) {
    boolean ipv6 = host instanceof Inet6Address;
    MemorySegment segment = Arena.ofAuto().allocate(ipv6 ? IPV6_SIZE_BYTES : IPV4_SIZE_BYTES, 8);
    segment.set(JAVA_SHORT, 0, ipv6 ? AF_INET6 : AF_INET);
    segment.set(JAVA_BYTE, PORT_OFFSET, (byte) (port >> 8));
    segment.set(JAVA_BYTE, PORT_OFFSET + 1, (byte) port);
    byte[] bytes = host.getAddress();
    int offset = ipv6 ? IPV6_ADDRESS_OFFSET : IPV4_ADDRESS_OFFSET;
    MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, offset, bytes.length);
    return new NativeAddress(segment, ipv6);
  }

  int sizeBytes() {
    return (int) segment.byteSize();
  }
}
