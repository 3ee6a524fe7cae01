package io.linecast.server;

/** How the TCP ports speak TLS. Immutable. */
public record TlsOptions() {

  /** What is right for most. */
  public static TlsOptions defaults() {
    return new TlsOptions();
  }
}
