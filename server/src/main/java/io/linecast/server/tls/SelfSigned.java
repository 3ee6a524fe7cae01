package io.linecast.server.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * A certificate that vouches for itself, for a first try: on P-256, valid for a year, its key in
 * memory only. Whoever wants to be sure of it is given the certificate as a CA file.
 */
public final class SelfSigned {

  private static final Duration VALID = Duration.ofDays(365);

  /** Clocks differ. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SERIAL_BITS = 127;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;

  /** Valid from now. */
  public SelfSigned() {
    this(InstantSource.system());
  }

  SelfSigned(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Makes a certificate and its key.
   *
   * @param names host names and addresses that it is for, the first of them in its subject; ASCII
   */
  public ServerCertificate make(List<String> names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      byte[] algorithm = Der.sequence(Der.objectId(ECDSA_WITH_SHA256));
      byte[] content = content(pair, algorithm, names);
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(pair.getPrivate(), random);
      signer.update(content);
      byte[] whole = Der.sequence(content, algorithm, Der.bits(signer.sign()));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new ServerCertificate(pair.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every Java has ECDSA on P-256", e);
    }
  }

  private byte[] content(KeyPair pair, byte[] algorithm, List<String> names) {
    Instant now = clock.instant();
    byte[] name =
        Der.sequence(Der.set(Der.sequence(Der.objectId(COMMON_NAME), Der.text(names.getFirst()))));
    byte[] validity =
        Der.sequence(Der.time(now.minus(EARLIER)), Der.time(now.plus(VALID).minus(EARLIER)));
    byte[] extensions =
        Der.sequence(
            extension(SUBJECT_ALTERNATIVE_NAME, alternatives(names)),
            Der.sequence(
                Der.objectId(BASIC_CONSTRAINTS),
                Der.yes(),
                Der.value(Der.OCTET_STRING, Der.sequence(Der.yes()))),
            extension(EXTENDED_KEY_USAGE, Der.sequence(Der.objectId(SERVER))));
    return Der.sequence(
        Der.value(Der.NUMBERED, Der.integer(BigInteger.TWO)), // version 3
        Der.integer(new BigInteger(SERIAL_BITS, random)),
        algorithm,
        name,
        validity,
        name,
        pair.getPublic().getEncoded(),
        Der.value(Der.NUMBERED + 3, extensions));
  }

  private static byte[] extension(String id, byte[] value) {
    return Der.sequence(Der.objectId(id), Der.value(Der.OCTET_STRING, value));
  }

  private static byte[] alternatives(Collection<String> names) {
    return Der.sequence(names.stream().map(SelfSigned::alternative).toArray(byte[][]::new));
  }

  private static byte[] alternative(String name) {
    try {
      byte[] address = InetAddress.ofLiteral(name).getAddress();
      return Der.value(Der.NUMBERED_SIMPLE + IP_ADDRESS, address);
    } catch (IllegalArgumentException noAddress) {
      return Der.value(Der.NUMBERED_SIMPLE + DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
