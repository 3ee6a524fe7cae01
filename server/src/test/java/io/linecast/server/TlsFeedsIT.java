package io.linecast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linecast.server.tls.Pem;
import io.linecast.server.tls.SelfSigned;
import io.linecast.server.tls.ServerCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lines that the world sent, by TLS: all feeds of the folder that LINECAST_DATA names, in a row.
 */
class TlsFeedsIT {

  private static final int LISTENERS = 6;
  private static final int TIMES = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EPOLL, TLSv1.3", "EPOLL, TLSv1.2", "NIO, TLSv1.3"})
  void shouldRelayFeedsByteForByteAndNoneToWhoSentThem(Transport transport, String protocol)
      throws Exception {
    String data = System.getenv("LINECAST_DATA");
    assumeTrue(data != null, "LINECAST_DATA names no folder of real feeds");
    byte[] feeds = feeds(Path.of(data));
    ServerCertificate certificate = new SelfSigned().make(List.of("localhost"));
    TlsClient client = TlsClient.trusting(certificate.chain().getFirst());
    try (var server = LinecastServer.start(options(transport, certificate));
        SSLSocket talker = client.connect(server.port(), protocol)) {
      talker.startHandshake();
      List<CompletableFuture<byte[]>> heard = new ArrayList<>();
      for (int i = 0; i < LISTENERS; i++) {
        SSLSocket listener = client.connect(server.port(), protocol);
        listener.startHandshake();
        TlsClient.say(listener, "here\n");
        assertThat(talker.getInputStream().readNBytes(5)).isEqualTo("here\n".getBytes(US_ASCII));
        int before =
            5 * Math.min(LISTENERS - 1, LISTENERS - i); // of the last, and of those to come
        heard.add(
            CompletableFuture.supplyAsync(
                () -> read(listener, before, feeds.length), Thread::startVirtualThread));
      }
      talker.getOutputStream().write(feeds);

      for (CompletableFuture<byte[]> each : heard) {
        assertThat(each.join()).isEqualTo(feeds);
      }
      talker.setSoTimeout(200);
      assertThat(talker.getInputStream().available()).as("of its own lines").isZero();
    }
  }

  /**
   * TLS 1.3 is agreed on before the server has let in whom it agreed with: by history everybody is
   * told what was said until then.
   */
  private ServerOptions options(Transport transport, ServerCertificate certificate) {
    TlsOptions files =
        TlsOptions.defaults()
            .withFiles(
                Pem.writeCertificate(folder.resolve("cert.pem"), certificate),
                Pem.writeKey(folder.resolve("key.pem"), certificate));
    return ServerOptions.builder().port(0).transport(transport).tls(files).historyLines(1).build();
  }

  private static byte[] read(SSLSocket listener, int before, int length) {
    try (listener) {
      listener.getInputStream().readNBytes(before);
      return listener.getInputStream().readNBytes(length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] feeds(Path data) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
        for (int i = 0; i < TIMES; i++) {
          all.writeBytes(Files.readAllBytes(file));
          all.write('\n');
        }
      }
    }
    return all.toByteArray();
  }
}
