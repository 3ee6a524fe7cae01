package io.linecast.server.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** What every response tells a browser not to allow. Stateless. */
final class SecurityHeaders {

  /** The page has its scripts and styles in files, and talks with nobody but its own server. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void addTo(HttpHeaders headers) {
    headers
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_POLICY)
        .set("x-content-type-options", "nosniff")
        .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
        .set("referrer-policy", "no-referrer")
        .set("cross-origin-resource-policy", "same-origin")
        .set("cross-origin-opener-policy", "same-origin");
  }
}
