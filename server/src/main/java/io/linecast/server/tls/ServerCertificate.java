package io.linecast.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate with its key and those who vouch for it. Immutable.
 *
 * @param chain the certificate itself, and then each one that signed the one before
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

  private static final int LINE_CHARACTERS = 64;

  /** Refuses an empty chain. */
  public ServerCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a certificate without a certificate");
    }
  }

  /**
   * Reads two files of PEM that belong to each other.
   *
   * @throws TlsFileException if one cannot be read, or they do not: one may be half written
   */
  public static ServerCertificate read(Path certificate, Path key) throws TlsFileException {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey ofKey = PrivateKeys.read(text(key), key.toString());
    if (!belong(ofKey, chain.getFirst())) {
      throw new TlsFileException(
          key + ": this is not the key of the first certificate in " + certificate);
    }
    return new ServerCertificate(ofKey, chain);
  }

  /** All certificates in a file of PEM. */
  static List<X509Certificate> certificates(Path file) throws TlsFileException {
    String pem = text(file);
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw new TlsFileException(file + ": the certificates in it cannot be read", e);
    }
    throw new TlsFileException(file + ": there is no whole certificate in it (PEM)");
  }

  private static String text(Path file) throws TlsFileException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsFileException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new TlsFileException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Whether what a key signs is what a certificate verifies. */
  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] something = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(something);
      byte[] signed = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(something);
      return signer.verify(signed);
    } catch (GeneralSecurityException anotherKindOfKey) {
      return false;
    }
  }

  /** When it expires. */
  public Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** The certificate's SHA-256, as {@code openssl x509 -fingerprint -sha256} writes it. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }

  /** The certificate without its key, as PEM. */
  public String pem() {
    try {
      Base64.Encoder lines =
          Base64.getMimeEncoder(LINE_CHARACTERS, "\n".getBytes(StandardCharsets.US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(chain.getFirst().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that cannot be written", e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return chain.getFirst().getSubjectX500Principal() + " " + fingerprint();
  }
}
