package io.linecast.acceptance.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.ServerUnderTest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Java's own WebSocket, whose messages are waited for, but not for ever. A text is as it is, a
 * binary message has {@code binary: } before its bytes, one a char; the end is {@code closed CODE}.
 */
final class MessageClient implements AutoCloseable, WebSocket.Listener {
  private static final long PATIENCE_SECONDS = 15;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final WebSocket socket;

  private MessageClient(URI address, String... subprotocols) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    socket = builder.buildAsync(address, this).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** A WebSocket of plain lines. */
  static MessageClient plain(ServerUnderTest server, String path) {
    return new MessageClient(webSocket(server, path));
  }

  /** A WebSocket of LINECAST/1, whose hello was answered with ok. */
  static MessageClient acknowledged(ServerUnderTest server, String path) {
    MessageClient client = linecast(server, path);
    assertThat(client.hear()).startsWith("LINECAST/1 websocket ok channel=");
    return client;
  }

  /** A WebSocket of LINECAST/1. */
  static MessageClient linecast(ServerUnderTest server, String path) {
    return new MessageClient(webSocket(server, path), "linecast.v1");
  }

  private static URI webSocket(ServerUnderTest server, String path) {
    return URI.create(server.web(path).toString().replace("http:", "ws:"));
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  MessageClient send(String... messages) {
    for (String message : messages) {
      socket.sendText(message, true).join();
    }
    return this;
  }

  /** Sends a binary message, a byte a char. */
  void sendBinary(String chars) {
    socket.sendBinary(ByteBuffer.wrap(chars.getBytes(ISO_8859_1)), true).join();
  }

  /** Sends part of a message. */
  void sendPart(String part, boolean last) {
    socket.sendText(part, last).join();
  }

  void sendClose() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
  }

  /** The next message. */
  String hear() {
    try {
      String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("a message within %d s", PATIENCE_SECONDS).isNotNull();
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<String> hear(int count) {
    return Stream.generate(this::hear).limit(count).toList();
  }

  /** That it has heard nothing that was not asked for. */
  void expectNothingHeard() {
    assertThat(heard).isEmpty();
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    while (part.hasRemaining()) {
      binary.write(part.get());
    }
    if (last) {
      heard.add("binary: " + binary.toString(ISO_8859_1));
      binary.reset();
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    return null; // it is answered by itself
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    heard.add("pong " + UTF_8.decode(payload));
    return null;
  }

  void ping(String payload) {
    socket.sendPing(ByteBuffer.wrap(payload.getBytes(UTF_8))).join();
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    heard.add("closed " + code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    heard.add("broken: " + error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
