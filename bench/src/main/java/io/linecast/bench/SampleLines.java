package io.linecast.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Lines that look like what people send: words, figures and punctuation; the same in every run. */
public final class SampleLines {

  private static final String ALPHABET =
      "etaoinshrdlucmfwypvbgkqjxz0123456789,.:;-_/{}\"!$ ETAOINSHRDLU";
  private static final long SEED = 20;

  private SampleLines() {}

  /** So many lines of so many bytes each, line feed included, in direct memory as a socket's. */
  public static ByteBuffer direct(int lines, int lineBytes) {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder(lines * lineBytes);
    for (int i = 0; i < lines; i++) {
      for (int j = 1; j < lineBytes; j++) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      text.append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
