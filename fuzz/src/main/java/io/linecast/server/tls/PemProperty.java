package io.linecast.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.linecast.fuzz.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whatever a file holds that is named as certificate and as key, it is taken or it is said why not,
 * in words that tell nothing of the key; the same as a file of those who vouch for clients.
 */
public final class PemProperty implements Property {

  /** As long as a piece of a key may stand in a message by chance. */
  private static final int PIECE_CHARS = 12;

  @Override
  public void check(byte[] input) throws IOException {
    Path file = Files.createTempFile("linecast-fuzz", ".pem");
    try {
      Files.write(file, input);
      String text = new String(input, ISO_8859_1);
      String name = file.toString();
      tryOut(() -> ServerCertificate.read(file, file).fingerprint(), text, name);
      tryOut(() -> PrivateKeys.read(text, "a key"), text, name);
      tryOut(() -> ServerCertificate.certificates(file), text, name);
    } finally {
      Files.delete(file);
    }
  }

  private interface Reading {
    Object read() throws TlsFileException;
  }

  private static void tryOut(Reading reading, String text, String name) {
    try {
      Property.require(reading.read() != null, () -> "neither taken nor refused");
    } catch (TlsFileException refusal) {
      String message = String.valueOf(refusal.getMessage()).replace(name, "");
      for (int i = 0; i + PIECE_CHARS <= message.length(); i++) {
        String piece = message.substring(i, i + PIECE_CHARS);
        Property.require(
            !piece.matches("[A-Za-z0-9+/]+") || !text.contains(piece), () -> "told: " + piece);
      }
    }
  }
}
