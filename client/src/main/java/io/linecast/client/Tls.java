package io.linecast.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Whom a client trusts, and what it shows of itself, where an address begins with {@code
 * linecasts://}. Files are read when they are named, and never again. Immutable, safe from any
 * thread; clients that share one resume each other's TLS sessions.
 */
public final class Tls {

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  private final ServerTrust trust;
  private final ClientCertificate certificate;
  private final SSLContext context;

  private Tls(ServerTrust trust, ClientCertificate certificate) {
    this.trust = trust;
    this.certificate = certificate;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {certificate}, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java cannot speak TLS", e);
    }
  }

  /** Trusts those that Java trusts, and shows no certificate: what a client does without this. */
  public static Tls standard() {
    return new Tls(ServerTrust.standard(), ClientCertificate.none());
  }

  /**
   * Trusts nobody but who has one of a file's certificates, or one that such a CA has issued.
   *
   * @param caFile one or more certificates, as PEM
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if there is no certificate in it, or a damaged one
   */
  public static Tls trusting(Path caFile) throws IOException {
    return new Tls(ServerTrust.of(PemFile.read(caFile).certificates()), ClientCertificate.none());
  }

  /**
   * The same with a certificate for servers that ask for one.
   *
   * @param chain the certificate, and behind it those that lead to its CA, as PEM
   * @param key its key: RSA, EC or Ed25519, as PEM (PKCS#8), not encrypted
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if there is not in them what should be, or the one does not
   *     belong to the other
   */
  public Tls presenting(Path chain, Path key) throws IOException {
    List<X509Certificate> certificates = PemFile.read(chain).certificates();
    PrivateKey secret = PemFile.read(key).key();
    try {
      return new Tls(trust, ClientCertificate.of(certificates, secret));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(chain + " and " + key + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same for other protocols, such as HTTPS; names are verified only where these ask for it.
   */
  public SSLContext context() {
    return context;
  }

  /** Whether a server has asked for a certificate, and there is none to show. */
  boolean isAskedInVain(Socket secure) {
    return certificate.isAskedBy(secure) && !certificate.isPresent();
  }

  /** Whether a server has asked for a certificate. */
  boolean isAsked(Socket secure) {
    return certificate.isAskedBy(secure);
  }

  /** TLS over a connected socket, before its handshake. */
  SSLSocket over(Socket connected, Address.Server server) throws IOException {
    String host = nameOf(server.host());
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(connected, host, server.port(), true);
    secure.setEnabledProtocols(VERSIONS);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!isLiteral(host)) {
      try {
        // Java by itself says no names without a dot, such as localhost.
        parameters.setServerNames(List.of(new SNIHostName(host)));
      } catch (IllegalArgumentException e) {
        // A name that no certificate can have, such as one with an underscore; to be refused then.
      }
    }
    secure.setSSLParameters(parameters);
    return secure;
  }

  private static boolean isLiteral(String host) {
    return host.contains(":") || IPV4.matcher(host).matches();
  }

  /** As it stands in a certificate: without the zone of an IPv6 address, or a name's last dot. */
  private static String nameOf(String host) {
    if (host.contains(":")) {
      return host.replaceFirst("%.*", "");
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
