package io.linecast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  private final TestAuthority authority = TestAuthority.named("the tests' CA");
  @TempDir private Path folder;

  private Path file(String name, String... texts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("some words\n", texts));
  }

  @Test
  void shouldTrustEveryCertificateOfAFile() throws IOException {
    Path first = authority.write(folder, "a");
    Path second = TestAuthority.named("another").write(folder, "b");
    Path both = file("both", Files.readString(first), Files.readString(second));
    assertThat(PemFile.read(both).certificates())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=the tests' CA", "CN=another");
    assertThat(Tls.trusting(both).context()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void shouldTakeAnyKindOfKey(String algorithm) throws IOException {
    Path chain = authority.issue(algorithm).write(folder, "me");
    assertThat(Tls.standard().presenting(chain, folder.resolve("me.key"))).isNotNull();
  }

  @Test
  void shouldSayThatAKeyIsAnothers() throws IOException {
    Path chain = authority.issue("EC").write(folder, "me");
    authority.issue("EC").write(folder, "you");
    authority.issue("RSA").write(folder, "they");
    for (String other : new String[] {"you.key", "they.key"}) {
      assertThatThrownBy(() -> Tls.standard().presenting(chain, folder.resolve(other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other)
          .hasMessageContaining("the key is not that of the certificate");
    }
  }

  @Test
  void shouldSayWhatAFileDoesNotHave() throws IOException {
    Path chain = authority.issue("EC").write(folder, "me");
    Path key = folder.resolve("me.key");
    assertThatThrownBy(() -> Tls.trusting(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(key + " has no certificate as PEM (-----BEGIN CERTIFICATE-----)");
    assertThatThrownBy(() -> Tls.standard().presenting(chain, chain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(chain + " has no key as PEM (-----BEGIN PRIVATE KEY-----)");
  }

  @Test
  void shouldSayHowToMakeAKeyOfUse() throws IOException {
    Path chain = authority.issue("EC").write(folder, "me");
    for (String kind : new String[] {"RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
      Path key =
          file("other.key", "-----BEGIN " + kind + "-----\nMIIE\n-----END " + kind + "-----\n");
      assertThatThrownBy(() -> Tls.standard().presenting(chain, key))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("only an " + kind + "; openssl pkcs8 -topk8 -nocrypt");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2VjcmV0", "?secret?", "c2VjcmV"})
  void shouldNotRepeatADamagedKey(String content) throws IOException {
    Path chain = authority.issue("EC").write(folder, "me");
    String text = "-----BEGIN PRIVATE KEY-----\n" + content + "\n-----END PRIVATE KEY-----\n";
    Path key = file("bad.key", text);
    assertThatThrownBy(() -> Tls.standard().presenting(chain, key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key.toString())
        .satisfies(
            e -> {
              for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("secret").doesNotContain("c2Vj");
              }
            });
  }

  @Test
  void shouldSayWhichFileCannotBeRead() {
    assertThatThrownBy(() -> Tls.trusting(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> Tls.trusting(folder))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void shouldTakeNoBinaryFileForCertificates() throws IOException {
    Path binary = Files.write(folder.resolve("der"), new byte[] {48, -126, 1, -1});
    assertThatThrownBy(() -> Tls.trusting(binary))
        .hasMessageContaining("has no certificate as PEM");
  }

  @Test
  void shouldNotBeDescribedForAnAddressInTheClear() {
    ClientBuilder builder = LinecastClient.to("localhost").tls(Tls.standard());
    assertThatThrownBy(builder::connect)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("linecasts://");
  }
}
