package io.linecast.server;

import static io.linecast.server.ServerOptions.require;
import static io.linecast.server.ServerOptions.requireRange;

import io.linecast.server.tls.ClientCertificates;
import io.linecast.server.tls.TlsProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the TCP ports speak TLS: with the certificate of two files, or with one that is made, or not
 * at all. Immutable.
 *
 * @param certificate PEM: the certificate, and then those who vouch for it
 * @param key PEM: its private key
 * @param selfSigned whether a certificate is made in memory
 * @param selfSignedTo a file to write that certificate to, without its key
 * @param clientCa PEM: who may vouch for clients
 * @param clients whether clients show certificates
 * @param off ports that speak no TLS
 * @param provider whose TLS it is
 */
public record TlsOptions(
    Optional<Path> certificate,
    Optional<Path> key,
    boolean selfSigned,
    Optional<Path> selfSignedTo,
    Optional<Path> clientCa,
    ClientCertificates clients,
    Set<Integer> off,
    TlsProvider provider) {

  private static final TlsOptions OFF =
      new TlsOptions(
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          ClientCertificates.NONE,
          Set.of(),
          TlsProvider.AUTO);

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public TlsOptions {
    off = Set.copyOf(off);
    require(
        certificate.isPresent() == key.isPresent(), "tls-cert and --tls-key belong to each other");
    require(
        !(selfSigned && certificate.isPresent()),
        "tls-self-signed makes a certificate; with --tls-cert there is one");
    require(selfSigned || selfSignedTo.isEmpty(), "tls-self-signed is what there is to write");
    boolean on = selfSigned || certificate.isPresent();
    require(on || clientCa.isEmpty(), "tls-client-ca needs --tls-cert and --tls-key");
    require(
        (clients != ClientCertificates.NONE) == clientCa.isPresent(),
        "tls-client and --tls-client-ca belong to each other");
    require(on || off.isEmpty(), "tls-off is for ports that would speak TLS");
    off.forEach(port -> requireRange("tls-off", port, 1, 65_535));
  }

  /** What is right for most: no TLS. */
  public static TlsOptions defaults() {
    return OFF;
  }

  /** The same, but with the certificate of two files. */
  public TlsOptions withFiles(Path pemCertificate, Path pemKey) {
    return new TlsOptions(
        Optional.of(pemCertificate),
        Optional.of(pemKey),
        false,
        Optional.empty(),
        clientCa,
        clients,
        off,
        provider);
  }

  /** The same, but with a certificate that is made, and perhaps written to a file. */
  public TlsOptions withSelfSigned(Optional<Path> to) {
    return new TlsOptions(
        Optional.empty(), Optional.empty(), true, to, clientCa, clients, off, provider);
  }

  /** The same, but clients show certificates. */
  public TlsOptions withClients(Path pemCa, ClientCertificates asked) {
    return new TlsOptions(
        certificate, key, selfSigned, selfSignedTo, Optional.of(pemCa), asked, off, provider);
  }

  /** The same, but some ports speak no TLS. */
  public TlsOptions withOff(Set<Integer> ports) {
    return new TlsOptions(
        certificate, key, selfSigned, selfSignedTo, clientCa, clients, ports, provider);
  }

  /** The same, but by another's TLS. */
  public TlsOptions withProvider(TlsProvider by) {
    return new TlsOptions(certificate, key, selfSigned, selfSignedTo, clientCa, clients, off, by);
  }

  /** Whether any port speaks TLS. */
  public boolean isOn() {
    return selfSigned || certificate.isPresent();
  }
}
