package io.linecast.server.web;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a request becomes a WebSocket (RFC 6455, 4.2). Stateless. */
public final class WebSocketHandshake {

  private static final String VERSION = "13";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Why a request cannot become one; empty if it can. */
  public static Optional<Problem> refusal(Exchange exchange) {
    HttpHeaders headers = exchange.headers();
    boolean upgrades =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (!upgrades || !exchange.takesChunks() || exchange.isHead()) {
      return Optional.of(
          withHeader(
              Problem.of(HttpResponseStatus.UPGRADE_REQUIRED, "this path is for WebSockets"),
              "upgrade",
              "websocket"));
    }
    if (!headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "").equals(VERSION)) {
      return Optional.of(
          withHeader(
              Problem.of(HttpResponseStatus.UPGRADE_REQUIRED, "WebSocket 13 is spoken here"),
              "sec-websocket-version",
              VERSION));
    }
    return isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
        ? Optional.empty()
        : Optional.of(Problem.of(HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key has 16 bytes"));
  }

  private static Problem withHeader(Problem problem, String name, String value) {
    return new Problem(
        problem.status(), problem.code(), problem.detail(), Map.of(name, value), Map.of());
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether the client offers a subprotocol. */
  public static boolean offers(HttpHeaders headers, String subprotocol) {
    List<String> offers = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    return offers.stream()
        .flatMap(list -> Stream.of(list.split(",")))
        .anyMatch(offer -> offer.strip().equals(subprotocol));
  }

  /**
   * The answer behind which the WebSocket begins.
   *
   * @param subprotocol the one that was chosen; empty: none
   * @param headers what else it says
   */
  public static ByteBuf answer(
      Exchange exchange, Optional<String> subprotocol, HttpHeaders headers) {
    headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    String key = exchange.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    headers.set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
    subprotocol.ifPresent(name -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, name));
    return exchange.head(HttpResponseStatus.SWITCHING_PROTOCOLS, headers);
  }

  static String accept(String key) {
    try {
      byte[] text = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-1", e);
    }
  }
}
