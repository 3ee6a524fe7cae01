package io.linecast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web server that says of itself what a test wants, once or as events. */
final class StatusServer implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final int OK = 200;

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
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      StatusServer server = new StatusServer(HttpServer.create(address, 0), status);
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
    return "http://127.0.0.1:" + port();
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
    exchange.sendResponseHeaders(OK, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      if (events) {
        follow(body);
      } else {
        body.write(status.getBytes(UTF_8));
      }
    }
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
