package io.linecast.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {

  private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final ServerCertificate made =
      new SelfSigned(() -> now).make(List.of("localhost", "127.0.0.1", "::1", "server.example"));
  private final X509Certificate certificate = made.chain().getFirst();

  @Test
  void shouldVouchForItself() {
    assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
    assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=localhost");
  }

  @Test
  void shouldBeForItsNamesAndAddresses() throws Exception {
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(entry -> List.<Object>copyOf(entry))
        .containsExactly(
            List.of(2, "localhost"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"),
            List.of(2, "server.example"));
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @Test
  void shouldBeValidForAYearFromADayBefore() throws Exception {
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofDays(1)));
    assertThat(made.notAfter()).isEqualTo(now.plus(Duration.ofDays(364)));
  }

  @Test
  void shouldBeAnotherEachTime() {
    ServerCertificate other = new SelfSigned(() -> now).make(List.of("localhost"));

    assertThat(other.fingerprint()).isNotEqualTo(made.fingerprint());
    assertThat(other.chain().getFirst().getSerialNumber())
        .isNotEqualTo(certificate.getSerialNumber());
  }

  @Test
  void shouldNotTellItsKey() {
    assertThat(made.toString()).contains(made.fingerprint()).doesNotContain("key");
  }
}
