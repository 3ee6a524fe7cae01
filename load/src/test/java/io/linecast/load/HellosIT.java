package io.linecast.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HellosIT {
  private static final LineLengths LENGTHS = LineLengths.numbered(26);
  private static final String OK =
      " ok channel=main next=98 oldest=1 journal=memory epoch=e max-line=65536 heartbeat=15";

  @Test
  void shouldBeginWithTheNumberOfTheAnswer() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      answer(loopback, 0, "", OK + "\n");
      answer(loopback, 1, "of the time before\nLINECAST/1 forged-one ok next=5\n", OK + "\n");

      long heartbeatNanos = Hellos.exchange(loopback.fleet, connection -> connection == 1);

      assertThat(heartbeatNanos).isEqualTo(TimeUnit.SECONDS.toNanos(15));
      assertThat(loopback.fleet.firstNumber(0)).isEqualTo(98);
      assertThat(loopback.fleet.firstNumber(1)).isEqualTo(98);
      assertThat(loopback.fleet.receivedBytes(1)).as("before the first line").isZero();
    }
  }

  @Test
  void shouldSayWhoListens() throws IOException {
    try (Loopback loopback = new Loopback(2)) {
      CompletableFuture<String> silent = answer(loopback, 0, "", OK + "\n");
      CompletableFuture<String> listening = answer(loopback, 1, "", OK + "\n");

      Hellos.exchange(loopback.fleet, connection -> connection == 1);

      assertThat(silent.join()).matches("LINECAST/1 [0-9a-f]{16}-0 listen=no");
      assertThat(listening.join()).matches("LINECAST/1 [0-9a-f]{16}-1");
    }
  }

  @Test
  void shouldAskForTheLastLines() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      CompletableFuture<String> hello = answer(loopback, 0, "", OK + "\nLINE 96 x\n");

      Hellos.resume(loopback.fleet, 2);

      assertThat(hello.join()).matches("LINECAST/1 [0-9a-f]{16}-0 from=-2");
      assertThat(loopback.fleet.firstNumber(0)).isEqualTo(98);
      assertThat(loopback.fleet.receivedBytes(0)).isEqualTo("LINE 96 x\n".length());
    }
  }

  @Test
  void shouldCountLinesThatComeWithTheAnswer() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      String lines = "LINE 98 0123456789012345678\nLINE 99 0123456789012345678\nLINE 10";
      answer(loopback, 0, "", OK + "\n" + lines);
      Hellos.exchange(loopback.fleet, connection -> true);
      String rest = "0 0123456789012345678\n";
      loopback.say(0, rest);
      loopback.discard(rest.length());

      loopback.fleet.forgetReceived(LENGTHS);

      assertThat(loopback.fleet.firstNumber(0)).isEqualTo(101);
      assertThat(loopback.fleet.receivedBytes(0)).isZero();
    }
  }

  @Test
  void shouldTellWhyItIsRefused() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      answer(loopback, 0, "", " no overload too many\n");

      assertThatThrownBy(() -> Hellos.exchange(loopback.fleet, connection -> true))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("no overload too many");
    }
  }

  @Test
  void shouldTellThatAConnectionWasClosed() throws IOException {
    try (Loopback loopback = new Loopback(1)) {
      loopback.ends.getFirst().close();

      assertThatThrownBy(() -> Hellos.exchange(loopback.fleet, connection -> true))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("hello");
    }
  }

  /** Has the other end of a connection answer the hello, which is returned. */
  private static CompletableFuture<String> answer(
      Loopback loopback, int connection, String before, String answer) {
    CompletableFuture<String> hello = new CompletableFuture<>();
    Socket end = loopback.ends.get(connection);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                BufferedReader input =
                    new BufferedReader(
                        new InputStreamReader(end.getInputStream(), StandardCharsets.US_ASCII));
                String line = input.readLine();
                String nonce = line.split(" ", -1)[1];
                loopback.say(connection, before + "LINECAST/1 " + nonce + answer);
                hello.complete(line);
              } catch (IOException e) {
                hello.completeExceptionally(e);
              }
            });
    return hello;
  }
}
