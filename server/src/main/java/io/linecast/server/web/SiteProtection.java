package io.linecast.server.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps pages of other sites out, which a browser on this machine or in this network may have open:
 * they must not publish, nor read what is published. Immutable; safe from any thread.
 *
 * <p>A browser says which site a page is of ({@code Origin}, {@code Sec-Fetch-Site}), and under
 * which name it found the server ({@code Host}); whoever sends neither is no browser. A name that
 * is unknown here may be any site's that has had it point to this address (DNS rebinding).
 */
public final class SiteProtection {

  private static final String ANY = "*";
  static final String LOCALHOST = "localhost";

  private final Set<String> hosts;
  private final Set<String> origins;

  /**
   * A protection that lets pages of this server in, and others.
   *
   * @param hosts names that this server has beside its addresses and {@code localhost}; {@code *}:
   *     any
   * @param origins of pages that may publish and read, such as {@code https://example.org}; {@code
   *     *}: any
   */
  public SiteProtection(List<String> hosts, List<String> origins) {
    this.hosts = lowerCase(hosts);
    this.origins = lowerCase(origins);
  }

  private static Set<String> lowerCase(List<String> words) {
    return words.stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Why a request is refused; empty if it is not. */
  Optional<Problem> refusal(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> host = headers.getAll(HttpHeaderNames.HOST);
    boolean mayHaveNone = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (host.size() > 1 || (host.isEmpty() && !mayHaveNone)) {
      return Optional.of(Problem.of(HttpResponseStatus.BAD_REQUEST, "there is one Host header"));
    }
    if (!host.isEmpty() && !isOurs(host.getFirst())) {
      return Optional.of(
          Problem.of(
              HttpResponseStatus.MISDIRECTED_REQUEST,
              "this server does not go by that Host; --web-host NAME has it answer to one"));
    }
    String here = host.isEmpty() ? "" : host.getFirst();
    return isForeign(headers, here)
        ? Optional.of(
            Problem.of(
                HttpResponseStatus.FORBIDDEN,
                "pages of other sites are not let in; --web-origin ORIGIN lets one in"))
        : Optional.empty();
  }

  private boolean isOurs(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return hosts.contains(ANY) || name.equals(LOCALHOST) || hosts.contains(name) || isAddress(name);
  }

  private static boolean isAddress(String name) {
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    return bracketed
        ? NetUtil.isValidIpV6Address(name.substring(1, name.length() - 1))
        : NetUtil.isValidIpV4Address(name);
  }

  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    return hasPort ? host.substring(0, colon) : host;
  }

  private boolean isForeign(HttpHeaders headers, String host) {
    List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
    if (!origin.isEmpty()) {
      return origin.size() > 1 || !isLetIn(origin.getFirst().toLowerCase(Locale.ROOT), host);
    }
    // No page reads what a link, an image or a script of it has the browser fetch; but a stream of
    // lines would go on for ever.
    String site = headers.get("sec-fetch-site", "none");
    boolean visit = headers.get("sec-fetch-mode", "").equals("navigate");
    return !visit && (site.equals("cross-site") || site.equals("same-site"));
  }

  private boolean isLetIn(String origin, String host) {
    return origins.contains(ANY) || origins.contains(origin) || isSameSite(origin, host);
  }

  /** Whatever the scheme: a proxy before us may speak TLS. */
  private static boolean isSameSite(String origin, String host) {
    for (Scheme scheme : Scheme.values()) {
      if (origin.startsWith(scheme.prefix)) {
        String ofPage = origin.substring(scheme.prefix.length());
        return scheme.withPort(ofPage).equals(scheme.withPort(host.toLowerCase(Locale.ROOT)));
      }
    }
    return false;
  }

  /** A scheme of pages, with the port that is meant where none is said. */
  private enum Scheme {
    HTTP("http://", ":80"),
    HTTPS("https://", ":443");

    private final String prefix;
    private final String port;

    Scheme(String prefix, String port) {
      this.prefix = prefix;
      this.port = port;
    }

    private String withPort(String host) {
      return withoutPort(host).equals(host) ? host + port : host;
    }
  }

  /** The origin of a page of another site that was let in, which may read the answer. */
  Optional<String> guest(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN, "");
    boolean guest = origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
    return guest && !origin.isEmpty() ? Optional.of(origin) : Optional.empty();
  }
}
