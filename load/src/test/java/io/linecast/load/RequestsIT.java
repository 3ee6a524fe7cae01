package io.linecast.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One sender, which asks for nothing, and two that listen. */
class RequestsIT {
  private static final String OK =
      "HTTP/1.1 200 OK\r\nLinecast-Epoch: 5f3a9c01\r\nlinecast-first: 98\r\n\r\n";
  private static final String BEGINNING = "1d\r\nretry: 1000\nid: 5f3a9c01-97\n\n\r\n";
  private static final String EVENT = "28\r\nid: 5f3a9c01-98\ndata: 012345678901234\n\n\r\n";

  @Test
  void shouldBeginEventsWithTheNumberOfTheAnswer() throws Exception {
    Share share = share(Dialect.SSE);
    try (Loopback loopback = new Loopback(3)) {
      CompletableFuture<String> request = answer(loopback, 1, key -> OK + BEGINNING);
      answer(loopback, 2, key -> OK + BEGINNING + EVENT);

      assertThat(Requests.exchange(loopback.fleet, share)).isEqualTo("5f3a9c01");

      assertThat(loopback.fleet.firstNumber(1)).isEqualTo(98);
      assertThat(loopback.fleet.receivedBytes(1)).as("before the first line").isZero();
      assertThat(loopback.fleet.receivedBytes(2)).as("of lines").isEqualTo(EVENT.length());
      assertThat(request.join())
          .startsWith("GET /lines HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:8234\r\n", "\r\nAccept: text/event-stream\r\n");
    }
  }

  @Test
  void shouldTakeAnAnswerThatComesInPieces() throws Exception {
    Share share = share(Dialect.SSE);
    try (Loopback loopback = new Loopback(3)) {
      answer(loopback, 1, key -> OK + BEGINNING);
      answer(loopback, 2, key -> OK.substring(0, 9))
          .thenRun(() -> sayByteByByte(loopback, 2, OK.substring(9) + BEGINNING));

      assertThat(Requests.exchange(loopback.fleet, share)).isEqualTo("5f3a9c01");

      assertThat(loopback.fleet.firstNumber(2)).isEqualTo(98);
      assertThat(loopback.fleet.receivedBytes(2)).isZero();
    }
  }

  @Test
  void shouldBeginMessagesBehindTheHandshake() throws Exception {
    Share share = share(Dialect.WS);
    try (Loopback loopback = new Loopback(3)) {
      CompletableFuture<String> request = answer(loopback, 1, key -> upgraded(accepted(key)));
      answer(loopback, 2, key -> upgraded(accepted(key)) + "four");

      Requests.exchange(loopback.fleet, share);

      assertThat(loopback.fleet.firstNumber(1)).isZero();
      assertThat(loopback.fleet.receivedBytes(1)).as("before the first line").isZero();
      assertThat(loopback.fleet.receivedBytes(2)).as("of lines").isEqualTo(4);
      assertThat(request.join())
          .startsWith("GET /ws HTTP/1.1\r\n")
          .contains("\r\nUpgrade: websocket\r\n", "\r\nSec-WebSocket-Version: 13\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Service Unavailable\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLinecast-Epoch: e\r\nLinecast-First: 1\r\n\r\nno chunk",
      })
  void shouldTellWhatItIsAnsweredInstead(String answer) throws IOException {
    Share share = share(Dialect.SSE);
    try (Loopback loopback = new Loopback(3)) {
      answer(loopback, 1, key -> answer);
      answer(loopback, 2, key -> answer);

      assertThatThrownBy(() -> Requests.exchange(loopback.fleet, share))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("server");
    }
  }

  @Test
  void shouldNotTakeAnotherHandshakesAnswer() throws IOException {
    Share share = share(Dialect.WS);
    try (Loopback loopback = new Loopback(3)) {
      answer(loopback, 1, key -> upgraded(accepted("another")));

      assertThatThrownBy(() -> Requests.exchange(loopback.fleet, share))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("Sec-WebSocket-Accept");
    }
  }

  private static void sayByteByByte(Loopback loopback, int connection, String words) {
    try {
      for (String letter : words.split("", -1)) {
        loopback.say(connection, letter);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Share share(Dialect dialect) {
    return Share.of(ShareTest.options(dialect, 2, 1, 1)).getFirst();
  }

  private static String upgraded(String accept) {
    return "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: " + accept + "\r\n\r\n";
  }

  private static String accepted(String key) {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Has the other end of a connection answer the request, which is returned. */
  private static CompletableFuture<String> answer(
      Loopback loopback, int connection, UnaryOperator<String> answerToKey) {
    CompletableFuture<String> request = new CompletableFuture<>();
    Socket end = loopback.ends.get(connection);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                BufferedReader input =
                    new BufferedReader(new InputStreamReader(end.getInputStream(), US_ASCII));
                StringBuilder head = new StringBuilder();
                String key = "";
                for (String line = "-"; !line.isEmpty(); ) {
                  line = input.readLine();
                  head.append(line).append("\r\n");
                  key = line.startsWith("Sec-WebSocket-Key: ") ? line.substring(19) : key;
                }
                loopback.say(connection, answerToKey.apply(key));
                request.complete(head.toString());
              } catch (IOException e) {
                request.completeExceptionally(e);
              }
            });
    return request;
  }
}
