package io.linecast.acceptance.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linecast.acceptance.BlackBox;
import io.linecast.acceptance.LineClient;
import io.linecast.acceptance.ServerUnderTest;
import io.linecast.acceptance.TokenStore;
import io.linecast.acceptance.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may do that can bring no token. */
@BlackBox
@ParameterizedClass
@MethodSource("io.linecast.acceptance.Transport#underTest")
record PlainAccessIT(Transport transport) {

  private static final Duration A_WHILE = Duration.ofMillis(300);

  private ServerUnderTest start(String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    System.arraycopy(
        new String[] {"--web-port", "0", "--transport", transport.option()}, 0, all, 0, 4);
    return ServerUnderTest.start(all);
  }

  /** Says what a publisher says, and has it accepted: what was sent before it is dealt with. */
  private static void publish(ServerUnderTest server, String line) {
    try (LineClient publisher = server.connect()) {
      publisher.send("LINECAST/1 publisher listen=no", "SEND 1 " + line);
      assertThat(publisher.hear()).contains(" ok ");
      assertThat(publisher.hear()).startsWith("SENT 1 ");
    }
  }

  @Test
  void shouldDiscardAndCountWhatIsSentWhereOnlyListeningIsAllowed() {
    TokenStore tokens = TokenStore.empty();
    String token = tokens.add("ann");
    try (ServerUnderTest server = start("--tokens", tokens.file().toString(), "--plain", "listen");
        LineClient mute = server.connect();
        LineClient other = server.connect()) {
      mute.send("not to be heard", "nor this");
      publishWith(server, token, "heard");
      assertThat(other.hear()).isEqualTo("heard");
      assertThat(mute.hear()).isEqualTo("heard");
      other.expectSilence(A_WHILE);
      assertThat(Http.of(server).get("/metrics").body())
          .contains("linecast_refused_total{code=\"auth\"} 2");
      assertThat(server.output()).contains("may not do").doesNotContain("not to be heard");
    }
  }

  private static void publishWith(ServerUnderTest server, String token, String line) {
    assertThat(Http.bearer(server, token).post("/lines", line + "\n").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldLetNothingBeHeardWhereOnlyPublishingIsAllowed() {
    TokenStore tokens = TokenStore.empty();
    String token = tokens.add("ann");
    try (ServerUnderTest server =
            start("--tokens", tokens.file().toString(), "--plain", "publish", "--history", "9");
        LineClient listener = server.connect();
        LineClient deaf = server.connect();
        LineClient sender = server.connect()) {
      listener.send("LINECAST/1 listener token=" + token);
      assertThat(listener.hear()).contains(" ok ");
      sender.send("from a plain client");
      assertThat(listener.hear()).endsWith("from a plain client");
      deaf.expectSilence(A_WHILE);
      deaf.halfClose();
      deaf.expectEnd();
    }
  }

  /** Neither the stop nor the balance minds those who hear nothing. */
  @Test
  void shouldStopAtOnceWithClientsThatHearNothing() {
    try (ServerUnderTest server = start("--plain", "publish", "--drain", "60s");
        LineClient one = server.connect();
        LineClient other = server.connect()) {
      one.send("nobody hears it");
      publish(server, "nor this");
      assertThat(server.stop()).isZero();
      one.expectEnd();
      other.expectEnd();
      assertThat(server.output()).contains("eligible 0 =").doesNotContain("DOES NOT BALANCE");
    }
  }

  @Test
  void shouldCloseWhoMayDoNothingAndSaysNoHelloInTime() {
    try (ServerUnderTest server = start("--plain", "none", "--hello-time", "300ms");
        LineClient silent = server.connect()) {
      silent.expectEnd();
      assertThat(Http.of(server).get("/api/status").body())
          .contains("not permitted", "\"hello-time\":1,");
    }
  }

  @Test
  void shouldCloseWhoMayDoNothingAsSoonAsItSpeaksPlain() {
    try (ServerUnderTest server = start("--plain", "none", "--hello-time", "1h");
        LineClient plain = server.connect()) {
      plain.send("hello?");
      plain.expectEnd();
    }
  }

  @Test
  void shouldCloseWhoCannotEvenSayHello() {
    try (ServerUnderTest server = start("--plain", "none", "--plain-only", "--hello-time", "1h");
        LineClient plain = server.connect()) {
      plain.expectEnd();
    }
  }

  @Test
  void shouldLetWhoMayDoNothingSayHelloWithAToken() {
    TokenStore tokens = TokenStore.empty();
    String token = tokens.add("ann");
    try (ServerUnderTest server =
            start("--tokens", tokens.file().toString(), "--hello-time", "2s");
        LineClient ann = server.connect()) {
      ann.send("LINECAST/1 by-token-1 token=" + token);
      assertThat(ann.hear()).startsWith("LINECAST/1 by-token-1 ok ");
      ann.expectSilence(Duration.ofMillis(2_500));
      ann.send("SEND 1 still here");
      assertThat(ann.hear()).startsWith("SENT 1 ");
    }
  }

  /** Every address of 127.0.0.0/8 is this machine's. */
  @Test
  void shouldAllowNetworksWhatIsSaidOfThem() throws IOException {
    try (ServerUnderTest server =
            start("--allow", "127.0.0.2=listen", "--allow", "127.0.0.3/32=publish");
        java.net.Socket listener = connectFrom("127.0.0.2", server);
        java.net.Socket publisher = connectFrom("127.0.0.3", server);
        java.net.Socket stranger = connectFrom("127.0.0.4", server)) {
      listener.getOutputStream().write("from the listener\n".getBytes(UTF_8));
      stranger.getOutputStream().write("from the stranger\n".getBytes(UTF_8));
      assertThat(stranger.getInputStream().read()).as("the stranger is closed").isEqualTo(-1);
      publisher.getOutputStream().write("from the publisher\n".getBytes(UTF_8));
      byte[] heard = new byte["from the publisher\n".length()];
      assertThat(listener.getInputStream().readNBytes(heard, 0, heard.length))
          .isEqualTo(heard.length);
      assertThat(new String(heard, UTF_8)).isEqualTo("from the publisher\n");
    }
  }

  private static java.net.Socket connectFrom(String address, ServerUnderTest server)
      throws IOException {
    java.net.Socket socket =
        new java.net.Socket(
            InetAddress.getByName(server.host()), server.port(), InetAddress.getByName(address), 0);
    socket.setSoTimeout(15_000);
    return socket;
  }

  @Test
  void shouldStopForNobodyWhoMayNotPublish() {
    try (ServerUnderTest server = start("--plain", "listen", "--allow-end");
        LineClient client = server.connect()) {
      client.send("END");
      client.expectSilence(A_WHILE);
      assertThat(server.program().isRunning()).isTrue();
    }
  }
}
