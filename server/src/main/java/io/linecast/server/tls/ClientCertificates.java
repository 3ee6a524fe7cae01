package io.linecast.server.tls;

/** Whether clients show certificates. One that is shown and not valid is refused in any case. */
public enum ClientCertificates {
  /** They are not asked. */
  NONE,
  /** They are asked, and need have none. */
  OPTIONAL,
  /** Nobody gets in without one. */
  REQUIRED
}
