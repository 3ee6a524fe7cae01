package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests to a server, with or without a token. */
final class Http {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");

  private final ServerUnderTest server;
  private final String[] headers;

  /**
   * Requests with headers.
   *
   * @param headers names and values in turn
   */
  Http(ServerUnderTest server, String... headers) {
    this.server = server;
    this.headers = headers.clone();
  }

  static Http of(ServerUnderTest server) {
    return new Http(server);
  }

  static Http bearer(ServerUnderTest server, String token) {
    return new Http(server, "Authorization", "Bearer " + token);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  HttpResponse<String> post(String path, String body) {
    return send("POST", path, body);
  }

  HttpResponse<String> send(String method, String path, String body) {
    URI uri = server.web(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A ticket, which must be given. */
  String ticket() {
    HttpResponse<String> answer = post("/api/ticket", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Matcher matcher = TICKET.matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return matcher.group(1);
  }
}
