package io.linecast.server.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of a secret: its SHA-256. A secret is random and long, so that its hash need not be
 * slow to be of no use to whoever reads it. Immutable; never written but into a tokens file.
 */
final class SecretHash {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** How many times eight bytes it has. */
  static final int WORDS = 4;

  private final byte[] bytes;

  private SecretHash(byte[] bytes) {
    this.bytes = bytes;
  }

  static SecretHash of(String secret) {
    try {
      byte[] text = secret.getBytes(StandardCharsets.UTF_8);
      return new SecretHash(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }

  static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  static SecretHash ofHex(String hex) {
    return new SecretHash(HexFormat.of().parseHex(hex));
  }

  /** Takes the same time whatever the other one is. */
  boolean matches(SecretHash other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** Eight of its bytes. */
  long word(int index) {
    return ByteBuffer.wrap(bytes).getLong(index * Long.BYTES);
  }

  String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash hash && matches(hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "...";
  }
}
