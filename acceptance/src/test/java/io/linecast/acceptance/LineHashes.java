package io.linecast.acceptance;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What one listener heard of several senders, told apart by a byte that each puts before a line.
 */
final class LineHashes {
  private static final char FIRST_TAG = 'A';

  private final Map<Integer, MessageDigest> digests = new HashMap<>();

  /** Hears so many tagged lines. */
  static LineHashes hear(LineClient listener, int lines) {
    LineHashes hashes = new LineHashes();
    for (int i = 0; i < lines; i++) {
      byte[] line = listener.hearBytes();
      MessageDigest digest = hashes.digests.computeIfAbsent(line[0] - FIRST_TAG, s -> newDigest());
      digest.update(line, 1, line.length - 1);
      digest.update((byte) '\n');
    }
    return hashes;
  }

  /** The hash of what was heard of a sender. To be asked for once. */
  String hashOf(int sender) {
    return hex(digests.getOrDefault(sender, newDigest()));
  }

  /** The hash of lines that have no LF of their own. */
  static String of(List<byte[]> lines) {
    MessageDigest digest = newDigest();
    for (byte[] line : lines) {
      digest.update(line);
      digest.update((byte) '\n');
    }
    return hex(digest);
  }

  static String sha256(byte[] bytes) {
    return hex(digestOf(bytes));
  }

  /** The lines as a sender sends them, its tag before each. */
  static byte[] tagged(List<byte[]> lines, int sender) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      bytes.write(FIRST_TAG + sender);
      bytes.writeBytes(line);
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /** Cuts bytes into lines without their LF. */
  static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
    }
    return lines;
  }

  private static MessageDigest digestOf(byte[] bytes) {
    MessageDigest digest = newDigest();
    digest.update(bytes);
    return digest;
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
