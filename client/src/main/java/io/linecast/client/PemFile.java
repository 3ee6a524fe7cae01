package io.linecast.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of certificates or of a key, as PEM. What is wrong with it is told without its content.
 */
final class PemFile {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private final Path path;
  private final List<Block> blocks;

  private PemFile(Path path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  /** What stands between two marks. */
  private record Block(String kind, String text) {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   */
  static PemFile read(Path path) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher next = BLOCK.matcher(text(path));
    while (next.find()) {
      blocks.add(new Block(next.group(1), next.group(2)));
    }
    return new PemFile(path, blocks);
  }

  private static String text(Path path) throws IOException {
    try {
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) { // such as of a folder, which does not say which file it is of
      throw new FileSystemException(path.toString(), null, Connection.words(e));
    }
  }

  /**
   * All certificates, in the file's order.
   *
   * @throws IllegalArgumentException if there is none, or one that cannot be understood
   */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.kind().endsWith("CERTIFICATE")) {
        certificates.add(certificate(bytes(block)));
      }
    }
    if (certificates.isEmpty()) {
      throw wrong("has no certificate as PEM (-----BEGIN CERTIFICATE-----)", null);
    }
    return certificates;
  }

  private X509Certificate certificate(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw wrong("has a certificate that cannot be read", e);
    }
  }

  /**
   * The first private key.
   *
   * @throws IllegalArgumentException if there is none, or none that can be understood
   */
  PrivateKey key() {
    for (Block block : blocks) {
      if (block.kind().equals("PRIVATE KEY")) {
        return key(bytes(block));
      }
    }
    for (Block block : blocks) {
      if (block.kind().endsWith("PRIVATE KEY")) {
        throw wrong(
            "has no key that can be used as it is, only an "
                + block.kind()
                + "; openssl pkcs8 -topk8 -nocrypt makes one of it",
            null);
      }
    }
    throw wrong("has no key as PEM (-----BEGIN PRIVATE KEY-----)", null);
  }

  private PrivateKey key(byte[] bytes) {
    GeneralSecurityException last = null;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw wrong("has a key that is neither RSA, EC nor Ed25519, or is damaged", last);
  }

  private byte[] bytes(Block block) {
    try {
      return Base64.getMimeDecoder().decode(block.text());
    } catch (IllegalArgumentException e) {
      throw wrong("is damaged", null); // the decoder's words have some of the content
    }
  }

  private IllegalArgumentException wrong(String what, @Nullable Exception cause) {
    return new IllegalArgumentException(path + " " + what, cause);
  }
}
