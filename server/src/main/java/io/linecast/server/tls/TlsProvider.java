package io.linecast.server.tls;

import io.netty.handler.ssl.OpenSsl;

/** Whose TLS it is. */
public enum TlsProvider {
  /** BoringSSL where it is to be had, else the JDK's. */
  AUTO,
  /** BoringSSL, through netty-tcnative. */
  OPENSSL,
  /** The JDK's own. */
  JDK;

  /**
   * This, or for {@link #AUTO} what is best here.
   *
   * @throws IllegalStateException if it is not to be had; the message says why
   */
  public TlsProvider resolve() {
    if (this == OPENSSL && !OpenSsl.isAvailable()) {
      throw new IllegalStateException(
          "BoringSSL is not available here (" + OpenSsl.unavailabilityCause().getMessage() + ")",
          OpenSsl.unavailabilityCause());
    }
    return this == AUTO ? (OpenSsl.isAvailable() ? OPENSSL : JDK) : this;
  }
}
