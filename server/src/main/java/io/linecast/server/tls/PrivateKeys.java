package io.linecast.server.tls;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys in PEM: PKCS #8, and the older forms of RSA and elliptic curves. */
final class PrivateKeys {

  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String ELLIPTIC_CURVE = "1.2.840.10045.2.1";

  private static final byte[] NULL = {5, 0};

  /** Other blocks, as parameters of a curve, may stand before it. */
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

  private PrivateKeys() {}

  /**
   * The first key in a text.
   *
   * @param name where the text comes from
   */
  static PrivateKey read(String pem, String name) throws TlsFileException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new TlsFileException(
          pem.contains("ENCRYPTED PRIVATE KEY")
              ? name + ": the key is encrypted; the server needs one without a passphrase"
              : name + ": there is no whole private key in it (PEM)");
    }
    if (block.group(2).contains("ENCRYPTED") || block.group(1).startsWith("ENCRYPTED")) {
      throw new TlsFileException(
          name + ": the key is encrypted; the server needs one without a passphrase");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      return ofPkcs8(
          switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> wrap(Der.sequence(Der.objectId(RSA), NULL), der);
            case "EC PRIVATE KEY" ->
                wrap(Der.sequence(Der.objectId(ELLIPTIC_CURVE), curveOf(der)), der);
            default -> der;
          });
    } catch (IllegalArgumentException | InvalidKeySpecException e) {
      // Without the cause, which might tell something of the key.
      throw new TlsFileException(name + ": the private key in it cannot be read");
    }
  }

  private static PrivateKey ofPkcs8(byte[] der) throws InvalidKeySpecException {
    InvalidKeySpecException last = new InvalidKeySpecException();
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException anotherAlgorithm) {
        last = anotherAlgorithm;
      } catch (NoSuchAlgorithmException e) {
        throw new LinkageError("every Java has " + algorithm, e);
      }
    }
    throw last;
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.value(Der.OCTET_STRING, key));
  }

  /** The parameters of RFC 5915: version, key, [0] parameters, [1] public key. */
  private static byte[] curveOf(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    Der.enter(in);
    Der.next(in);
    Der.next(in);
    if (Der.enter(in) != Der.NUMBERED) {
      throw new IllegalArgumentException("the curve is not named");
    }
    return Der.next(in);
  }
}
