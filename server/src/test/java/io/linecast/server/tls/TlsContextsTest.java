package io.linecast.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsContextsTest {

  @TempDir private Path folder;

  private final ServerCertificate first = new SelfSigned().make(List.of("first"));
  private final ServerCertificate second = new SelfSigned().make(List.of("second"));
  private final TlsFigures figures = new TlsFigures();
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() {
    certificate = Pem.writeCertificate(folder.resolve("cert.pem"), first);
    key = Pem.writeKey(folder.resolve("key.pem"), first);
  }

  private TlsContexts contexts() throws TlsFileException {
    return new TlsContexts(TlsSource.ofFiles(certificate, key), TlsProvider.JDK, figures);
  }

  @Test
  void shouldTakeANewPair() throws Exception {
    try (TlsContexts contexts = contexts()) {
      Pem.writeCertificate(certificate, second);
      Pem.writeKey(key, second);

      assertThat(contexts.reload()).isTrue();
      assertThat(contexts.certificate().fingerprint()).isEqualTo(second.fingerprint());
      assertThat(figures.reloads().sum()).isOne();
    }
  }

  @Test
  void shouldKeepWhatThereIsWhileThePairIsHalfReplaced() throws Exception {
    try (TlsContexts contexts = contexts()) {
      Pem.writeCertificate(certificate, second);

      assertThat(contexts.reload()).isFalse();
      assertThat(contexts.certificate().fingerprint()).isEqualTo(first.fingerprint());
      assertThat(figures.reloadFailures().sum()).isOne();

      Pem.writeKey(key, second);

      assertThat(contexts.reload()).isTrue();
    }
  }

  @Test
  void shouldKeepWhatThereIsIfAFileIsHalfWrittenOrGone() throws Exception {
    try (TlsContexts contexts = contexts()) {
      String whole = Files.readString(certificate);
      Files.writeString(certificate, whole.substring(0, whole.length() / 2));
      assertThat(contexts.reload()).isFalse();

      Files.delete(certificate);
      assertThat(contexts.reload()).isFalse();

      assertThat(contexts.certificate().fingerprint()).isEqualTo(first.fingerprint());
      assertThat(figures.reloadFailures().sum()).isEqualTo(2);
    }
  }

  @Test
  void shouldNotBeginWithAKeyOfAnotherCertificate() {
    Pem.writeKey(key, second);

    assertThatThrownBy(this::contexts)
        .isInstanceOf(TlsFileException.class)
        .hasMessageContaining("not the key of the first certificate in " + certificate)
        .hasMessageStartingWith(key.toString());
  }

  @Test
  void shouldSayWhichFileIsNotThere() {
    TlsSource source =
        TlsSource.of(first).withClients(folder.resolve("ca.pem"), ClientCertificates.REQUIRED);

    assertThatThrownBy(() -> new TlsContexts(source, TlsProvider.JDK, figures))
        .isInstanceOf(TlsFileException.class)
        .hasMessageContaining("ca.pem: there is no such file");
  }

  @Test
  void shouldGiveEnginesOfAContextThatWasReplacedMeanwhile() throws Exception {
    TlsContexts contexts =
        new TlsContexts(TlsSource.ofFiles(certificate, key), TlsProvider.AUTO, figures);
    try (contexts) {
      var allocator = io.netty.buffer.UnpooledByteBufAllocator.DEFAULT;
      var engine = contexts.newEngine(allocator, false);
      contexts.reload();
      contexts.reload();

      assertThat(engine.getSession().isValid()).isTrue();
      assertThat(contexts.newEngine(allocator, true).getUseClientMode()).isFalse();
    }
  }
}
