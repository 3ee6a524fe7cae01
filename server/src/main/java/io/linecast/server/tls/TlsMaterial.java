package io.linecast.server.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * What a server's TLS is made of. Immutable.
 *
 * @param certificate the server's
 * @param clientCas who may vouch for clients
 * @param clients whether clients show certificates
 * @param provider whose TLS it is; not {@link TlsProvider#AUTO}
 */
record TlsMaterial(
    ServerCertificate certificate,
    List<X509Certificate> clientCas,
    ClientCertificates clients,
    TlsProvider provider) {

  /** With forward secrecy and authenticated encryption only, the fastest in hardware first. */
  static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** For so long who was here may come back without a whole handshake. */
  private static final Duration RESUMABLE = Duration.ofHours(2);

  /** Of TLS 1.2 without tickets; later ones keep their session themselves. */
  private static final long MAX_SESSIONS = 20_000;

  private static final ApplicationProtocolConfig HTTP =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  TlsMaterial {
    clientCas = List.copyOf(clientCas);
  }

  private ClientAuth clientAuth() {
    return switch (clients) {
      case NONE -> ClientAuth.NONE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
      case REQUIRED -> ClientAuth.REQUIRE;
    };
  }

  /**
   * A context for new connections.
   *
   * @param http whether it is HTTP/1.1 that is spoken; else it is nothing that has a name
   */
  SslContext newContext(boolean http) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(certificate.key(), certificate.chain())
            .sslProvider(
                provider == TlsProvider.OPENSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
            .sessionTimeout(RESUMABLE.toSeconds())
            .sessionCacheSize(MAX_SESSIONS)
            .clientAuth(clientAuth());
    if (clients != ClientCertificates.NONE) {
      builder.trustManager(clientCas);
    }
    if (http) {
      builder.applicationProtocolConfig(HTTP);
    }
    return builder.build();
  }
}
