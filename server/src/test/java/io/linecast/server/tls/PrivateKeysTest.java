package io.linecast.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

class PrivateKeysTest {

  @Test
  void shouldReadPkcs8OfEachAlgorithm() throws Exception {
    for (String algorithm : new String[] {"EC", "RSA", "Ed25519"}) {
      PrivateKey key = newKey(algorithm);

      assertThat(PrivateKeys.read(Pem.of("PRIVATE KEY", key.getEncoded()), "k")).isEqualTo(key);
    }
  }

  @Test
  void shouldReadTheOlderFormOfRsa() throws Exception {
    PrivateKey key = newKey("RSA");

    assertThat(PrivateKeys.read(Pem.of("RSA PRIVATE KEY", inside(key)), "k")).isEqualTo(key);
  }

  @Test
  void shouldReadTheOlderFormOfCurvesBehindTheirParameters() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
    byte[] curve = Der.objectId("1.2.840.10045.3.1.7");
    byte[] number = new byte[32];
    byte[] digits = key.getS().toByteArray();
    int length = Math.min(32, digits.length);
    System.arraycopy(digits, digits.length - length, number, 32 - length, length);
    byte[] older =
        Der.sequence(
            Der.integer(BigInteger.ONE),
            Der.value(Der.OCTET_STRING, number),
            Der.value(Der.NUMBERED, curve));

    PrivateKey read =
        PrivateKeys.read(Pem.of("EC PARAMETERS", curve) + Pem.of("EC PRIVATE KEY", older), "k");

    assertThat(((ECPrivateKey) read).getS()).isEqualTo(key.getS());
  }

  @Test
  void shouldSayThatAnEncryptedKeyIsEncrypted() {
    assertRefused(Pem.of("ENCRYPTED PRIVATE KEY", new byte[64]), "encrypted");
  }

  @Test
  void shouldRefuseWhatIsHalfThereWithoutTellingIt() throws Exception {
    String whole = Pem.of("PRIVATE KEY", newKey("EC").getEncoded());

    assertRefused(whole.substring(0, whole.length() / 2), "no whole private key");
    assertRefused("", "no whole private key");
    assertRefused(Pem.of("PRIVATE KEY", new byte[] {1, 2, 3}), "cannot be read");
    assertRefused(Pem.of("EC PRIVATE KEY", new byte[] {0x30, 2, 3, 9}), "cannot be read");
  }

  private static void assertRefused(String pem, String why) {
    assertThatThrownBy(() -> PrivateKeys.read(pem, "my.key"))
        .isInstanceOf(TlsFileException.class)
        .hasMessageStartingWith("my.key: ")
        .hasMessageContaining(why)
        .hasNoCause();
  }

  private static PrivateKey newKey(String algorithm) throws Exception {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  /** What PKCS #8 wraps: version, algorithm, key. */
  private static byte[] inside(PrivateKey key) {
    ByteBuffer in = ByteBuffer.wrap(key.getEncoded());
    Der.enter(in);
    Der.next(in);
    Der.next(in);
    Der.enter(in);
    byte[] inside = new byte[in.remaining()];
    in.get(inside);
    return inside;
  }
}
