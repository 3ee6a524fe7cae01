package io.linecast.server.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's TLS comes from: files that may change, or a certificate in memory. Immutable.
 */
public final class TlsSource {

  private final @Nullable ServerCertificate made;
  private final List<Path> pair;
  private final Optional<Path> clientCa;
  private final ClientCertificates clients;

  private TlsSource(
      @Nullable ServerCertificate made,
      List<Path> pair,
      Optional<Path> clientCa,
      ClientCertificates clients) {
    this.made = made;
    this.pair = pair;
    this.clientCa = clientCa;
    this.clients = clients;
  }

  /**
   * Two files of PEM.
   *
   * @param certificate the certificate, and then those who vouch for it
   * @param key its private key
   */
  public static TlsSource ofFiles(Path certificate, Path key) {
    return new TlsSource(
        null, List.of(certificate, key), Optional.empty(), ClientCertificates.NONE);
  }

  /** A certificate that was made for the occasion. */
  public static TlsSource of(ServerCertificate made) {
    return new TlsSource(made, List.of(), Optional.empty(), ClientCertificates.NONE);
  }

  /**
   * The same, where clients show certificates too.
   *
   * @param ca PEM: who may vouch for them
   */
  public TlsSource withClients(Path ca, ClientCertificates asked) {
    return new TlsSource(made, pair, Optional.of(ca), asked);
  }

  /** The files that it is read from; a change of any is one of all. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(pair);
    clientCa.ifPresent(files::add);
    return files;
  }

  /** Reads everything anew. */
  TlsMaterial load(TlsProvider provider) throws TlsFileException {
    List<X509Certificate> cas =
        clientCa.isPresent() ? ServerCertificate.certificates(clientCa.get()) : List.of();
    ServerCertificate certificate =
        made == null ? ServerCertificate.read(pair.getFirst(), pair.getLast()) : made;
    return new TlsMaterial(certificate, cas, clients, provider);
  }
}
