package io.linecast.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Files of PEM for tests. */
public final class Pem {

  private Pem() {}

  /** A block of PEM. */
  public static String of(String kind, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
  }

  /** A file with a certificate. */
  public static Path writeCertificate(Path file, ServerCertificate certificate) {
    return write(file, certificate.pem());
  }

  /** A file with its key. */
  public static Path writeKey(Path file, ServerCertificate certificate) {
    return write(file, of("PRIVATE KEY", certificate.key().getEncoded()));
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
