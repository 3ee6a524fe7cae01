package io.linecast.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket, and what comes by it. */
final class Socket implements WebSocket.Listener, AutoCloseable {

  private static final long PATIENCE_SECONDS = 15;

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;
  private int refusedWith;

  /** Opens one, or is refused. */
  static Socket open(ServerUnderTest server, String path, String subprotocol, String... headers) {
    Socket opened = new Socket();
    WebSocket.Builder builder = opened.client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    if (!subprotocol.isEmpty()) {
      builder.subprotocols(subprotocol);
    }
    URI uri = URI.create(server.web(path).toString().replaceFirst("http", "ws"));
    try {
      opened.socket =
          builder.buildAsync(uri, opened).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WebSocketHandshakeException refusal)) {
        throw e;
      }
      opened.refusedWith = refusal.getResponse().statusCode();
    }
    return opened;
  }

  /** The status of the refusal; 0 if it was opened. */
  int refusedWith() {
    return refusedWith;
  }

  void send(String message) {
    assertThat(socket).isNotNull();
    socket.sendText(message, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The next message. */
  String hear() {
    try {
      String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean hasHeardNothing() {
    return messages.isEmpty();
  }

  /** The code it is closed with. */
  int closeCode() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    messages.add(data.toString());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    client.shutdownNow();
  }
}
