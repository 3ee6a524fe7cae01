package io.linecast.client;

import io.linecast.protocol.Decimal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Requests gathered to be written in one go. For one thread at a time. */
final class WireBuffer {

  /** Beyond this a batch is written before more is gathered. */
  static final int BATCH_BYTES = 64 * 1024;

  private static final int KEPT_BYTES = 4 * BATCH_BYTES;
  private static final byte[] SEND = word("SEND ");
  private static final byte[] DONE = word("DONE ");
  private static final byte[] PING = word("PING");
  private static final byte[] PONG = word("PONG ");
  private static final byte[] QUIT = word("QUIT");

  private byte[] bytes = new byte[2 * BATCH_BYTES];
  private int size;

  private static byte[] word(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  void send(long number, byte[] text) {
    reserve(SEND.length + Decimal.MAX_DIGITS + 2 + text.length);
    add(SEND);
    size = Decimal.write(bytes, size, number);
    bytes[size++] = ' ';
    add(text);
    bytes[size++] = '\n';
  }

  void done(long seq) {
    reserve(DONE.length + Decimal.MAX_DIGITS + 1);
    add(DONE);
    size = Decimal.write(bytes, size, seq);
    bytes[size++] = '\n';
  }

  void ping() {
    line(PING);
  }

  void pong(byte[] text) {
    reserve(PONG.length + text.length + 1);
    add(PONG);
    line(text);
  }

  void quit() {
    line(QUIT);
  }

  private void line(byte[] text) {
    reserve(text.length + 1);
    add(text);
    bytes[size++] = '\n';
  }

  boolean isFull() {
    return size >= BATCH_BYTES;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  /** Writes everything, and is empty then whatever happens. */
  void writeTo(OutputStream output) throws IOException {
    int length = size;
    size = 0;
    output.write(bytes, 0, length);
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[2 * BATCH_BYTES]; // a very long line has passed
    }
  }

  private void add(byte[] text) {
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  private void reserve(int moreBytes) {
    long needed = (long) size + moreBytes;
    if (needed > bytes.length) {
      long more = Math.max(2L * bytes.length, needed);
      bytes = Arrays.copyOf(bytes, (int) Math.min(more, Integer.MAX_VALUE - 8));
    }
  }
}
