package io.linecast.client;

import java.security.cert.CertificateException;

/** A server's certificate is not good enough; the message says why, and what to do. */
final class DistrustException extends CertificateException {

  private static final long serialVersionUID = 1;

  DistrustException(String message, CertificateException cause) {
    super(message, cause);
  }
}
