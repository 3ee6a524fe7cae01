package io.linecast.client;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides as Java does whether a server is who it should be, and says in words why not. Safe from
 * any thread.
 */
final class ServerTrust extends X509ExtendedTrustManager {

  private static final int SHOWN_NAMES = 8;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final X509ExtendedTrustManager judge;

  private ServerTrust(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** Who Java trusts. */
  static ServerTrust standard() {
    return new ServerTrust(judge(null));
  }

  /** Who has one of these certificates, or one that such a CA has issued. */
  static ServerTrust of(List<X509Certificate> trusted) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate certificate : trusted) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      return new ServerTrust(judge(store));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Java cannot hold certificates", e);
    }
  }

  private static X509ExtendedTrustManager judge(@Nullable KeyStore store) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager judge) {
          return judge;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java cannot tell whom it trusts", e);
    }
    throw new IllegalStateException("Java has nobody who judges certificates");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket secure
              ? String.valueOf(secure.getHandshakeSession().getPeerHost())
              : "";
      throw distrust(chain, authType, host, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw distrust(chain, authType, String.valueOf(engine.getPeerHost()), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw new DistrustException(words(chain[0], e), e);
    }
  }

  /** A certificate that is trusted for any server is not for this one: it has another name. */
  private DistrustException distrust(
      X509Certificate[] chain, String authType, String host, CertificateException why) {
    try {
      judge.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      return new DistrustException(words(chain[0], e), e);
    }
    if (causeOf(why, CertPathValidatorException.class)) {
      return new DistrustException(words(chain[0], why), why);
    }
    String names = shown(String.join(", ", names(chain[0])));
    return new DistrustException(
        "its certificate is for "
            + (names.isEmpty() ? "no name at all" : names)
            + ", and not for "
            + host,
        why);
  }

  private static String words(X509Certificate certificate, CertificateException why) {
    if (causeOf(why, CertificateExpiredException.class)) {
      return "its certificate, or that of its CA, has expired (its own is good until "
          + certificate.getNotAfter().toInstant()
          + ")";
    }
    if (causeOf(why, CertificateNotYetValidException.class)) {
      return "its certificate, or that of its CA, is not valid yet (its own is from "
          + certificate.getNotBefore().toInstant()
          + " on)";
    }
    return "its certificate, issued by "
        + shown(certificate.getIssuerX500Principal().getName())
        + ", is not trusted; if it is the right one, name the certificate of its CA"
        + " (--tls-ca FILE, or Tls.trusting)";
  }

  private static boolean causeOf(Throwable failure, Class<? extends Exception> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return List.of(); // as good as none
    }
    if (names.isEmpty()) {
      names.add(certificate.getSubjectX500Principal().getName());
    }
    if (names.size() > SHOWN_NAMES) {
      String more = (names.size() - SHOWN_NAMES) + " more";
      names.subList(SHOWN_NAMES, names.size()).clear();
      names.add(more);
    }
    return names;
  }

  /** A stranger has written it. */
  private static String shown(String text) {
    return text.replaceAll("[^\\x20-\\x7E]", "?");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, engine);
  }
}
