package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Java's own HTTP client posts to a server. Bodies have a char a byte. */
final class Posts {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern RECEIPT =
      Pattern.compile("\\{\"first\":(\\d+),\"last\":(\\d+),\"clients\":(\\d+)}\n");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What became of a body. */
  record Receipt(long first, long last, long clients) {}

  private final ServerUnderTest server;

  Posts(ServerUnderTest server) {
    this.server = server;
  }

  /** Posts, and has it accepted. */
  Receipt accepted(String path, String body, String... headers) {
    HttpResponse<String> response = post(path, body, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return receipt(response.body());
  }

  static Receipt receipt(String json) {
    Matcher matcher = RECEIPT.matcher(json);
    assertThat(matcher.matches()).as(json).isTrue();
    return new Receipt(number(matcher, 1), number(matcher, 2), number(matcher, 3));
  }

  private static long number(MatchResult result, int group) {
    return Long.parseLong(result.group(group));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    try {
      return CLIENT.send(request(path, body, headers), BodyHandlers.ofString(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Posts, and does not wait for the answer. */
  CompletableFuture<HttpResponse<String>> begin(String path, String body) {
    return CLIENT.sendAsync(request(path, body), BodyHandlers.ofString(ISO_8859_1));
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(server.web(path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body, ISO_8859_1));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }
}
