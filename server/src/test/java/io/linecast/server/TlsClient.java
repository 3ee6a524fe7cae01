package io.linecast.server;

import io.linecast.server.tls.ServerCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connects by the JDK's TLS, which verifies whom it speaks to. */
final class TlsClient {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;

  private TlsClient(SSLContext context) {
    this.context = context;
  }

  /** One that trusts a server, and has nothing to show. */
  static TlsClient trusting(X509Certificate server) {
    return with(server, List.of());
  }

  /** The same, with a certificate to show. */
  static TlsClient showing(X509Certificate server, ServerCertificate own) {
    return with(server, List.of(own));
  }

  private static TlsClient with(X509Certificate server, List<ServerCertificate> own) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", server);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      for (ServerCertificate certificate : own) {
        keys.setKeyEntry(
            "own", certificate.key(), NO_PASSWORD, certificate.chain().toArray(new Certificate[0]));
      }
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
      return new TlsClient(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection on which nothing has been said, by one protocol. */
  SSLSocket connect(int port, String protocol) {
    try {
      Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(PATIENCE_MILLIS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
      socket.setEnabledProtocols(new String[] {protocol});
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
