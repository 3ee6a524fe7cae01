package io.linecast.server.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, such as {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one alone.
 * Immutable.
 *
 * <p>An IPv4 address within IPv6 ({@code ::ffff:192.0.2.1}) is that IPv4 address, in a network as
 * in an address that is looked for; {@code ::/0} has no IPv4 address in it.
 */
public final class Network {

  private static final Pattern IPV4_TEXT = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6_TEXT = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  /** What stands before an IPv4 address within IPv6. */
  private static final int MAPPED_BITS = 96;

  /** All IPv4 addresses. */
  static final Network IPV4 = new Network(new byte[IPV4_BYTES], 0);

  /** All IPv6 addresses. */
  static final Network IPV6 = new Network(new byte[IPV6_BYTES], 0);

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads a network. No name is looked up.
   *
   * @throws IllegalArgumentException if it is none; it says why
   */
  public static Network parse(String text) {
    String word = text.strip();
    int slash = word.indexOf('/');
    String address = slash < 0 ? word : word.substring(0, slash);
    byte[] bytes = addressOf(address, word);
    boolean mapped = bytes.length == IPV4_BYTES && address.indexOf(':') >= 0;
    int most = mapped ? IPV6_BYTES * 8 : bytes.length * 8;
    int bits = slash < 0 ? most : bitsOf(word.substring(slash + 1), most, word);
    if (mapped && bits < MAPPED_BITS) {
      throw new IllegalArgumentException(
          "'" + word + "' is neither all IPv4 nor IPv6 alone; say 0.0.0.0/0 or ::/0");
    }
    return exact(bytes, mapped ? bits - MAPPED_BITS : bits, word);
  }

  private static byte[] addressOf(String address, String word) {
    boolean literal = IPV4_TEXT.matcher(address).matches() || IPV6_TEXT.matcher(address).matches();
    if (!literal) {
      throw new IllegalArgumentException(
          "'" + word + "' is no network: an address and how many bits count, such as 192.0.2.0/24");
    }
    try {
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + word + "': there is no such address", e);
    }
  }

  private static int bitsOf(String text, int most, String word) {
    int bits = BITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "'" + word + "': behind the slash is how many bits count, 0 to " + most);
    }
    return bits;
  }

  /** Who writes bits that do not count has most likely meant something else. */
  private static Network exact(byte[] bytes, int bits, String word) {
    byte[] prefix = masked(bytes, bits);
    if (!Arrays.equals(prefix, bytes)) {
      throw new IllegalArgumentException(
          "'"
              + word
              + "' says more of the address than counts; say "
              + shown(prefix, bits)
              + ", or leave the slash out for the one address");
    }
    return new Network(prefix, bits);
  }

  private static byte[] masked(byte[] bytes, int bits) {
    byte[] masked = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int counting = Math.clamp(bits - i * 8L, 0, 8);
      masked[i] = (byte) (bytes[i] & (0xff << (8 - counting)));
    }
    return masked;
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = plain(address);
    return bytes.length == prefix.length && Arrays.equals(masked(bytes, bits), prefix);
  }

  /** Java gives an IPv4 address within IPv6 as either, by how it came by it. */
  private static byte[] plain(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address || bytes.length != IPV6_BYTES) {
      return bytes;
    }
    int ipv4 = IPV6_BYTES - IPV4_BYTES;
    for (int i = 0; i < ipv4; i++) {
      if (bytes[i] != (i < ipv4 - 2 ? 0 : (byte) 0xff)) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, ipv4, IPV6_BYTES);
  }

  private static String shown(byte[] prefix, int bits) {
    try {
      return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + prefix.length + " bytes", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(prefix, network.prefix);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + bits;
  }

  @Override
  public String toString() {
    return shown(prefix, bits);
  }
}
