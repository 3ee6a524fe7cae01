package io.linecast.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues the tests' certificates, and makes what a server needs of them. */
public final class TestAuthority {

  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final char[] NO_PASSWORD = {};

  private final Pair pair;

  /** A certificate with its key. */
  public record Pair(X509Certificate certificate, PrivateKey key) {

    /** Writes both as PEM; the file of the certificate. */
    public Path write(Path folder, String name) {
      TestAuthority.write(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
      return writeCertificate(folder, name);
    }

    Path writeCertificate(Path folder, String name) {
      try {
        return TestAuthority.write(
            folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private TestAuthority(Pair pair) {
    this.pair = pair;
  }

  public static TestAuthority named(String name) {
    KeyPair keys = keys("EC");
    Instant now = Instant.now();
    X509v3CertificateBuilder builder = builder(name, name, keys, now.plus(Duration.ofDays(1)));
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestAuthority(new Pair(sign(builder, keys.getPrivate()), keys.getPrivate()));
  }

  /** Its own certificate, as PEM. */
  public Path write(Path folder, String name) {
    return pair.writeCertificate(folder, name);
  }

  /** For host names and addresses, with a key of that kind. */
  public Pair issue(String algorithm, String... names) {
    return issue(algorithm, Instant.now().plus(Duration.ofHours(1)), names);
  }

  Pair issue(String algorithm, Instant until, String... names) {
    KeyPair keys = keys(algorithm);
    String issuer =
        pair.certificate().getSubjectX500Principal().getName().substring("CN=".length());
    X509v3CertificateBuilder builder = builder(issuer, "subject", keys, until);
    GeneralName[] alternatives = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      boolean address = names[i].matches("[0-9.]+|.*:.*");
      alternatives[i] =
          new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
    }
    try {
      if (names.length > 0) {
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Pair(sign(builder, pair.key()), keys.getPrivate());
  }

  /** What a server speaks TLS with that has a certificate for this machine and trusts this CA. */
  public SSLContext server() {
    return server(issue("EC", "localhost", "127.0.0.1", "::1"));
  }

  SSLContext server(Pair shown) {
    return trusting(List.of(shown));
  }

  /** What a client speaks TLS with that trusts this CA and has nothing to show. */
  public SSLContext client() {
    return trusting(List.of());
  }

  /** The same, with a certificate to show. */
  public SSLContext client(Pair shown) {
    return trusting(List.of(shown));
  }

  private SSLContext trusting(List<Pair> shown) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      for (Pair each : shown) {
        own.setKeyEntry("own", each.key(), NO_PASSWORD, new X509Certificate[] {each.certificate()});
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, NO_PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", pair.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      String issuer, String subject, KeyPair keys, Instant until) {
    return new JcaX509v3CertificateBuilder(
        new X500Name("CN=" + issuer),
        BigInteger.valueOf(SERIALS.getAndIncrement()),
        Date.from(until.minus(Duration.ofDays(2))),
        Date.from(until),
        new X500Name("CN=" + subject),
        keys.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      byte[] encoded =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path write(Path file, String kind, byte[] bytes) {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n";
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
