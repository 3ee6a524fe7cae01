package io.linecast.server;

import io.linecast.server.web.WebLimits;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What the web port is, and what its clients are allowed: section 3 of docs/protocol.md. Immutable.
 *
 * @param port 0 to 65535; 0 takes any free one; empty: there is none
 * @param maxBodyBytes the largest body of a request
 * @param maxBodiesBytes the bodies of all requests under way together
 * @param requestTime how long a request may take to come, and its answer to be read
 * @param maxRequests requests one after the other on a connection
 * @param hosts names that the server has beside its addresses and {@code localhost}; {@code *}: any
 * @param origins of other sites whose pages may publish and read; {@code *}: any
 */
public record WebOptions(
    OptionalInt port,
    int maxBodyBytes,
    long maxBodiesBytes,
    Duration requestTime,
    int maxRequests,
    List<String> hosts,
    List<String> origins) {

  /** The port of the command, if nothing else is said. */
  public static final int DEFAULT_PORT = 8234;

  private static final int BODY_BYTES_MAX = 1 << 30;
  private static final long BODIES_BYTES_MAX = 1L << 40;
  private static final int REQUEST_MAX_SECONDS = 60 * 60;

  private static final String NAME = "(\\[[0-9A-Fa-f:.]+]|[^\\s/:?#@\\[\\]*]+)";
  private static final Pattern HOST = Pattern.compile("\\*|" + NAME);
  private static final Pattern ORIGIN =
      Pattern.compile(
          "\\*|(?i:http://" + NAME + "(?!:80$)|https://" + NAME + "(?!:443$))(:[0-9]{1,5})?");

  /** No web port: what a program has that asks for none. */
  public static final WebOptions OFF =
      new WebOptions(
          OptionalInt.empty(),
          1 << 20,
          64L << 20,
          Duration.ofSeconds(30),
          10_000,
          List.of(),
          List.of());

  /** Refuses what cannot be; an {@link IllegalArgumentException} says what and why. */
  public WebOptions {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
    hosts.forEach(WebOptions::requireHost);
    origins.forEach(WebOptions::requireOrigin);
    ServerOptions.requireRange("web-port", port.orElse(0), 0, 65_535);
    ServerOptions.requireRange("max-body", maxBodyBytes, 1, BODY_BYTES_MAX);
    ServerOptions.requireRange("max-bodies", maxBodiesBytes, maxBodyBytes, BODIES_BYTES_MAX);
    ServerOptions.requireRange("request-time", requestTime.toSeconds(), 1, REQUEST_MAX_SECONDS);
    ServerOptions.requireRange("max-requests", maxRequests, 1, Integer.MAX_VALUE);
  }

  private static void requireHost(String host) {
    ServerOptions.require(
        HOST.matcher(host).matches(),
        "web-host is a name without scheme or port, such as example.org, or *; not '" + host + "'");
  }

  /** What a browser says ({@code Origin}, RFC 6454, 6.2): anything else would never match. */
  private static void requireOrigin(String origin) {
    ServerOptions.require(
        ORIGIN.matcher(origin).matches(),
        "web-origin is a scheme and a host, such as https://example.org, with a port only if it is"
            + " not the scheme's own, and without a slash at its end, or *; not '"
            + origin
            + "'");
  }

  /** What is right for most, on a port. */
  public static WebOptions onPort(int port) {
    return new WebOptions(
        OptionalInt.of(port),
        OFF.maxBodyBytes,
        OFF.maxBodiesBytes,
        OFF.requestTime,
        OFF.maxRequests,
        OFF.hosts,
        OFF.origins);
  }

  WebLimits limits() {
    return new WebLimits(maxBodyBytes, requestTime, maxRequests);
  }
}
