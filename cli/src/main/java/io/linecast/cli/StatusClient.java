package io.linecast.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Asks a server's web port how it is. Safe from any thread. */
final class StatusClient {

  /** How long a status may be, in bytes. */
  static final int MAX_STATUS_BYTES = 8 << 20;

  private static final String EVENTS = "text/event-stream";
  private static final String PATH = "/api/status";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_PORT = 65_535;

  private final URI uri;
  private final Duration patience;
  private final Optional<String> token;
  private final HttpClient http;

  /** Of a server that is asked in the clear, by nobody in particular. */
  StatusClient(URI uri, Duration patience) {
    this(uri, patience, Optional.empty(), Optional.empty());
  }

  /**
   * Of a server.
   *
   * @param uri what {@link #uri(String)} has made
   * @param patience how long a person waits for an answer
   * @param tls whom to trust, where it begins with https
   * @param token what to bring
   */
  StatusClient(URI uri, Duration patience, Optional<SSLContext> tls, Optional<String> token) {
    this.uri = uri;
    this.patience = patience;
    this.token = token;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience);
    tls.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /**
   * Where the status is, of a server's page.
   *
   * @throws IllegalArgumentException if that is no address of a page; says why
   */
  static URI uri(String page) {
    URI uri = parsed(page);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("it does not begin with http:// or https://");
    }
    if (uri.getHost() == null || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("it names no host, or a port that there is not");
    }
    if (Stream.of(uri.getRawUserInfo(), uri.getRawQuery(), uri.getRawFragment())
        .anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException("it has a user, a ? or a #, which are of no use here");
    }
    String path = uri.getRawPath().replaceFirst("/+$", "");
    return URI.create(
        scheme + "://" + uri.getRawAuthority() + (path.endsWith(PATH) ? path : path + PATH));
  }

  /** Java's own words would repeat all of it, and there may be a secret in it. */
  private static URI parsed(String page) {
    try {
      return new URI(page);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getReason() + " at index " + e.getIndex());
    }
  }

  /** How the server is now, as it says it. */
  byte[] once() throws StatusException {
    BodyHandler<byte[]> all = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_STATUS_BYTES);
    return get("application/json", all).body();
  }

  /** How the server is from now on, as server-sent events. */
  InputStream events() throws StatusException {
    HttpResponse<InputStream> response = get(EVENTS, BodyHandlers.ofInputStream());
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith(EVENTS)) {
      close(response.body());
      throw noServer("it sends no events");
    }
    return response.body();
  }

  /** There is something, but no linecast server. */
  StatusException noServer(String why) {
    return new StatusException(
        ExitCode.REFUSED, uri + " is not of a linecast server's web port: " + why);
  }

  private <T> HttpResponse<T> get(String type, BodyHandler<T> body) throws StatusException {
    HttpRequest.Builder asking = HttpRequest.newBuilder(uri).header("Accept", type);
    token.ifPresent(secret -> asking.header("Authorization", "Bearer " + secret));
    HttpRequest request = asking.build();
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
    try {
      HttpResponse<T> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        if (response.body() instanceof InputStream stream) {
          close(stream);
        }
        throw refused(response.statusCode());
      }
      return response;
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw lost(
          "no answer within "
              + patience.toMillis()
              + " ms; is it the web port"
              + (uri.getScheme().equals("https") ? ", and does it speak TLS?" : "?"));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw lost("interrupted");
    } catch (ExecutionException e) {
      throw explained(e.getCause() == null ? e : e.getCause());
    }
  }

  private StatusException refused(int code) {
    return switch (code) {
      case UNAUTHORIZED ->
          new StatusException(
              ExitCode.NOT_ADMITTED,
              uri
                  + (token.isPresent()
                      ? " does not know this token (401)"
                      : " asks for a token (401): --token-file FILE, or "
                          + IdentityFlags.TOKEN_VARIABLE));
      case FORBIDDEN ->
          new StatusException(
              ExitCode.NOT_ADMITTED, uri + " does not allow this (403): it takes the right admin");
      case NOT_FOUND -> noServer("it answers 404");
      case UNAVAILABLE ->
          new StatusException(ExitCode.REFUSED, uri + " answers 503: the server takes no more");
      default -> new StatusException(ExitCode.REFUSED, uri + " answers " + code);
    };
  }

  private StatusException explained(Throwable failure) {
    boolean secure = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return noTls(String.valueOf(cause.getMessage()));
      }
      secure |= cause instanceof SSLException;
    }
    if (secure) {
      return noTls(hinted(reason(failure)));
    }
    return failure instanceof ProtocolException
        ? noServer(String.valueOf(failure.getMessage()))
        : lost(reason(failure));
  }

  private static String hinted(String words) {
    if (!words.contains("alert")) {
      return words + "; does it speak TLS? (http:// is without)";
    }
    return words.contains("certificate") || words.contains("handshake_failure")
        ? words + "; if it asks for a certificate, --tls-cert and --tls-key show it one"
        : words;
  }

  private StatusException noTls(String why) {
    return new StatusException(ExitCode.NO_TLS, "no TLS connection to " + uri + ": " + why);
  }

  private StatusException lost(String why) {
    return new StatusException(ExitCode.NO_CONNECTION, "cannot connect to " + uri + ": " + why);
  }

  /** Java's own message is often further down, or nowhere. */
  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "there is no such host";
      }
      if (cause.getMessage() != null && !(cause instanceof HttpTimeoutException)) {
        return cause.getMessage();
      }
    }
    return switch (failure) {
      case HttpTimeoutException _ -> "nobody answers";
      case ConnectException _ -> "connection refused";
      default -> failure.getClass().getSimpleName();
    };
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Nobody wants it.
    }
  }
}
