package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A web server that says of itself what a test wants, once or as events. */
final class StatusServer implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile String status;

  private StatusServer(HttpServer http, String status) {
    this.http = http;
    this.status = status;
  }

  static StatusServer start(String status) {
    return start(0, status);
  }

  static StatusServer start(int port, String status) {
    return start(port, Optional.empty(), status);
  }

  /** By TLS, and only for who brings the token {@code right}; {@code wrong} has too few rights. */
  static StatusServer start(SSLContext tls, String status) {
    return start(0, Optional.of(tls), status);
  }

  private static StatusServer start(int port, Optional<SSLContext> tls, String status) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer http;
      if (tls.isPresent()) {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        http = https;
      } else {
        http = HttpServer.create(address, 0);
      }
      StatusServer server = new StatusServer(http, status);
      server.http.createContext("/api/status", server::serve);
      server.http.setExecutor(server.threads);
      server.http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return http.getAddress().getPort();
  }

  String url() {
    return (http instanceof HttpsServer ? "https://127.0.0.1:" : "http://127.0.0.1:") + port();
  }

  /** What it says from now on. */
  void say(String newStatus) {
    status = newStatus;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    boolean events = accept.contains("text/event-stream");
    exchange
        .getResponseHeaders()
        .set("Content-Type", events ? "text/event-stream" : "application/json");
    int code = http instanceof HttpsServer ? judged(exchange) : OK;
    exchange.sendResponseHeaders(code, 0);
    if (code != OK) {
      exchange.close();
      return;
    }
    try (OutputStream body = exchange.getResponseBody()) {
      if (events) {
        follow(body);
      } else {
        body.write(status.getBytes(UTF_8));
      }
    }
  }

  private static int judged(HttpExchange exchange) {
    return switch (String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))) {
      case "Bearer right" -> OK;
      case "Bearer wrong" -> FORBIDDEN;
      default -> UNAUTHORIZED;
    };
  }

  private void follow(OutputStream body) throws IOException {
    try {
      do {
        body.write((":\n\ndata: " + status + "\n\n").getBytes(UTF_8));
        body.flush();
      } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
